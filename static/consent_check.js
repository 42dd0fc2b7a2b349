// The check of names works without this file, which only answers while somebody types.

const PAUSE = 350

function answerWhileTyping(form) {
  const place = document.getElementById(form.dataset.live)
  const said = document.getElementById(`${form.dataset.live}-said`)  // for those who hear the page: the answer without the list
  let waiting, running
  if (matchMedia("(max-width: 61.99em)").matches) form.elements.names.closest(".govuk-form-group").after(place)  // else it is far below
  const ask = async () => {
    running?.abort()
    if (!form.elements.use.value || !form.elements.names.value.trim()) {
      place.hidden = true
      return
    }
    running = new AbortController()
    const sent = { method: "POST", headers: { [form.dataset.liveHeader]: "yes" }, body: new URLSearchParams(new FormData(form)), redirect: "manual" }
    const answer = await fetch(form.action, { ...sent, signal: running.signal })
    if (answer.type === "opaqueredirect" || (!answer.ok && answer.status !== 422)) {
      place.hidden = true
      return
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    place.replaceChildren(...page.body.childNodes)
    place.hidden = false
    place.ariaBusy = "false"
    const words = (place.querySelector(".sh-verdict") ?? place).textContent.trim().replace(/\s+/g, " ")
    if (said.textContent !== words) said.textContent = words
  }
  const failed = (problem) => {
    if (problem.name !== "AbortError") place.hidden = true  // no answer is better than an old one
  }
  form.addEventListener("input", () => {
    place.ariaBusy = "true"
    clearTimeout(waiting)
    waiting = setTimeout(() => ask().catch(failed), PAUSE)
  })
  form.addEventListener("submit", () => {
    clearTimeout(waiting)
    running?.abort()
  })
}

document.querySelectorAll("form[data-live]").forEach(answerWhileTyping)
