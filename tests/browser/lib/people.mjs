// Who walks through the product: everybody the demonstration prints a sign-in for.
export const PASSWORD = process.env.FAIRLEAD_DEMO_PASSWORD ?? "fairlead-demo";
export const EDITION = process.env.FAIRLEAD_DEMO_EDITION ?? "east-2027";

/** Signs in by the form a person uses. */
async function signIn(page, base, path, email) {
  await page.goto(base + path);
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith("signin")), page.click("main button[type=submit]")]);
}


export const people = [
  {
    name: "public",
    starts: ["/signin", "/portal/signin", `/x/${EDITION}`, `/x/${EDITION}/register`, `/x/${EDITION}/apply`, "/offline", "/desk/pair"],
    enter: async () => {},
  },
  {
    name: "organizer",
    starts: [`/e/${EDITION}`, "/editions", "/editions/new", "/users", "/tokens", "/search?q=", "/gallery"],
    enter: (page, base) => signIn(page, base, "/signin", "director@fairlead.example"),
  },
  {
    name: "portal",
    starts: ["/portal"],
    enter: (page, base) => signIn(page, base, "/portal/signin", "exhibitor@fairlead.example"),
  },
];
