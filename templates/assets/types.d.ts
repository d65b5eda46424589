declare module "htmx.org";
/** Files the bundler copies and names: the import is their address. */
declare module "*.wasm" {
  const address: string;
  export default address;
}
