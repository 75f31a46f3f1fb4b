// The car turned by hand. Nothing is loaded before a reader asks for it.
{
  const FIRST_ANGLE = 38; // degrees from the nose to the camera, to the car's left, in the first picture (art/turntable.py)
  const SIDES = [
    "front",
    "front left, three-quarter",
    "left side",
    "rear left, three-quarter",
    "rear",
    "rear right, three-quarter",
    "right side",
    "front right, three-quarter",
  ];
  const ROUND = 2400; // milliseconds

  const sideAt = (degrees) => SIDES[Math.round((((FIRST_ANGLE - degrees + 360) % 360) / 45)) % SIDES.length];

  const load = async (addresses, tell) => {
    let done = 0;
    // All come to an end before a failure is told, so that none of them counts on in the next attempt.
    const results = await Promise.allSettled(
      addresses.map(async (address) => {
        const frame = new Image();
        frame.src = address;
        await frame.decode();
        tell(++done);
        return frame;
      }),
    );
    if (done < addresses.length) throw new Error("not all frames came");
    return results.map((result) => result.value);
  };

  const makeTurnable = (figure) => {
    const stage = figure.querySelector(".turntable-stage");
    const image = stage.querySelector("img");
    const start = figure.querySelector(".turntable-start");
    const dial = figure.querySelector(".turntable-dial");
    const range = dial.querySelector("input");
    const state = figure.querySelector(".turntable-state");
    const addresses = figure.dataset.srcset.split(/,\s*/);
    const step = 360 / addresses.length;
    let frames = [];
    let turning = 0;

    const show = (degrees) => {
      const frame = ((Math.round(degrees / step) % frames.length) + frames.length) % frames.length;
      image.src = frames[frame].src;
      range.value = frame * step;
      const words = `${range.value}°, ${sideAt(frame * step)}`;
      range.setAttribute("aria-valuetext", words);
      dial.querySelector(".turntable-angle").textContent = words;
    };

    // Once round, to show what there is; whoever prefers stillness is spared it, and whoever takes hold stops it.
    const turnRound = () => {
      const began = performance.now();
      const turn = (now) => {
        const part = Math.min((now - began) / ROUND, 1);
        show(360 * part * part * (3 - 2 * part));
        if (part < 1) turning = requestAnimationFrame(turn);
      };
      turning = requestAnimationFrame(turn);
    };
    const hold = () => cancelAnimationFrame(turning);

    const listen = () => {
      range.addEventListener("input", () => {
        hold();
        show(range.valueAsNumber);
      });
      // The slider ends where the circle goes on.
      range.addEventListener("keydown", (event) => {
        hold();
        const onward = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        if (!onward) return;
        event.preventDefault();
        show(range.valueAsNumber + onward * step);
      });
      stage.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        hold();
        const from = range.valueAsNumber;
        const x = event.clientX;
        const move = (moved) => show(from + ((moved.clientX - x) / stage.clientWidth) * 360);
        stage.setPointerCapture(event.pointerId);
        stage.addEventListener("pointermove", move);
        stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", move), { once: true });
      });
    };

    start.addEventListener("click", async () => {
      start.disabled = true;
      const tell = (done) => {
        start.firstChild.data = `Loading ${Math.round((done / addresses.length) * 100)} % `;
      };
      tell(0);
      state.textContent = "Loading the pictures";
      try {
        frames = await load(addresses, tell);
      } catch {
        start.disabled = false;
        start.firstChild.data = "Try again ";
        state.textContent = "The pictures could not be loaded.";
        return;
      }
      state.textContent = "";
      start.hidden = true;
      dial.hidden = false;
      image.draggable = false;
      figure.dataset.turntable = "ready";
      show(0);
      listen();
      range.focus({ preventScroll: true });
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) turnRound();
    });
    start.hidden = false;
  };

  for (const figure of document.querySelectorAll("[data-turntable]")) makeTurnable(figure);
}
