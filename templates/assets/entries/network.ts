// The network by hand and by key: plus and minus scale it, 0 brings it back, arrows and dragging move it. Without this
// file the scale is a row of links and the picture scrolls.
import { neighbours } from "../lib/neighbours";

const LEAST = 0.2;
const LARGEST = 4;

function begin(root: HTMLElement, picture: SVGSVGElement): void {
  const full = { width: Number(picture.dataset.width), height: Number(picture.dataset.height) };
  let scale = picture.getBoundingClientRect().width / full.width || 1;

  function zoom(to: number, x = root.clientWidth / 2, y = root.clientHeight / 2): void {
    const next = Math.min(LARGEST, Math.max(LEAST, to));
    const left = (root.scrollLeft + x) / scale;
    const top = (root.scrollTop + y) / scale;
    scale = next;
    picture.setAttribute("width", String(Math.round(full.width * scale)));
    picture.setAttribute("height", String(Math.round(full.height * scale)));
    root.scrollTo(left * scale - x, top * scale - y);
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(scale * 1.25);
    else if (event.key === "-") zoom(scale / 1.25);
    else if (event.key === "0") zoom(1);
    else return;
    event.preventDefault();
  });
  root.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const box = root.getBoundingClientRect();
      zoom(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15), event.clientX - box.left, event.clientY - box.top);
    },
    { passive: false },
  );

  let from: { x: number; y: number; left: number; top: number } | null = null;
  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || (event.target as Element).closest("a")) return;
    from = { x: event.clientX, y: event.clientY, left: root.scrollLeft, top: root.scrollTop };
    root.setPointerCapture(event.pointerId);
    root.classList.add("is-panning");
  });
  root.addEventListener("pointermove", (event) => {
    if (from) root.scrollTo(from.left - event.clientX + from.x, from.top - event.clientY + from.y);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    root.addEventListener(end, () => {
      from = null;
      root.classList.remove("is-panning");
    });
  }

  neighbours(root);
  // The task in the middle, or the way to opening, comes into sight.
  const middle = picture.querySelector(".is-focus") ?? picture.querySelector(".network-node.is-path:not(.is-done), .network-node:not(.is-done)");
  if (middle) {
    const box = middle.getBoundingClientRect();
    const frame = root.getBoundingClientRect();
    root.scrollTo(box.left - frame.left - root.clientWidth / 2 + box.width / 2, box.top - frame.top - root.clientHeight / 2);
  }
}

const network = document.getElementById("network");
const drawn = network?.querySelector<SVGSVGElement>("svg");
if (network && drawn) begin(network, drawn);
