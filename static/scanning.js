// Fields that scanners type into. All of it works without this file, a page for each scan; with it nothing that is scanned
// in a hurry gets lost, and a phone scans with its camera where the browser can read codes.

const EVERY = 250 // milliseconds between two looks of the camera
const SAME = 3000 // so long a code that is still held before the camera is not scanned again

// A form that many codes are sent from: each is sent behind the one before it, while the next is typed.
function scanOneByOne(form) {
  const field = form.elements.scan
  const told = form.querySelector("[data-told]")
  const lost = form.querySelector("[data-lost]")
  const waiting = []
  const missed = new Set()
  let isSending = false

  async function send(code) {
    const body = new URLSearchParams(new FormData(form))
    body.set("scan", code)
    const answer = await fetch(form.action, { method: "POST", headers: { [form.dataset.scans]: "yes" }, body, redirect: "manual" })
    if (!answer.ok) throw new Error(String(answer.status))
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    told.replaceChildren(page.querySelector(".sh-told") ?? "")
    const line = page.querySelector("li[data-list]")
    if (line) place(line)
  }

  async function sendAll() {
    isSending = true
    while (waiting.length) {
      const code = waiting.shift()
      try {
        await send(code)
        missed.delete(code)
      } catch {
        missed.add(code)
      }
      lost.hidden = !missed.size
      lost.textContent = missed.size ? `Not kept: ${[...missed].join(", ")}. Open this page again, and scan ${missed.size === 1 ? "it" : "them"} once more.` : ""
    }
    isSending = false
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const code = field.value.trim()
    field.value = ""
    if (!form.querySelector("[data-camera][aria-pressed=true]")) field.focus() // a phone would cover the camera with its keyboard
    if (!code) return
    waiting.push(code)
    if (!isSending) sendAll()
  })
}

// The line goes to the top of its list, and out of the one it stood in.
function place(line) {
  for (const old of document.querySelectorAll("[data-lines] > li")) if (old.dataset.key === line.dataset.key) old.remove()
  document.querySelector(`[data-lines=${line.dataset.list}]`).prepend(line)
  for (const lines of document.querySelectorAll("[data-lines]")) {
    const section = lines.closest("section")
    section.querySelector("[data-many]").textContent = lines.children.length
    const none = section.querySelector("[data-none]")
    if (none) none.hidden = lines.children.length > 0
    else section.hidden = !lines.children.length
  }
}

// The camera goes on until it is pressed again where many codes are sent, and stops with the first code elsewhere.
async function look(button, field) {
  const detector = new BarcodeDetector()
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
  const video = document.createElement("video")
  video.className = "sh-sign"
  video.srcObject = stream
  video.playsInline = true
  video.muted = true
  button.closest("[data-scan]").after(video)
  await video.play()
  let last = "", at = 0
  const timer = setInterval(async () => {
    const [code] = await detector.detect(video).catch(() => [])
    if (!code || (code.rawValue === last && Date.now() - at < SAME)) return
    last = code.rawValue
    at = Date.now()
    if (!("scans" in field.form.dataset)) stop()
    field.value = last
    field.form.requestSubmit(field.form.querySelector("[data-scan] button[type=submit]"))
  }, EVERY)
  function stop() {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
    video.remove()
    button.setAttribute("aria-pressed", "false")
  }
  button.setAttribute("aria-pressed", "true")
  return stop
}

for (const form of document.querySelectorAll("form[data-scans]")) scanOneByOne(form)

for (const scanner of document.querySelectorAll("[data-scan]")) {
  const button = scanner.querySelector("[data-camera]")
  const field = scanner.querySelector("input")
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) continue
  button.hidden = false
  let stop
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-pressed") === "true") return stop()
    stop = await look(button, field).catch(() => {
      button.hidden = true
      field.focus()
    })
  })
}
