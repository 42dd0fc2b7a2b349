// Scanning with the camera of a phone, where the browser can read codes. Scanners on a cable type into the field by themselves.

const EVERY = 250 // milliseconds between two looks

async function look(button, field) {
  const detector = new BarcodeDetector()
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
  const video = document.createElement("video")
  video.className = "sh-sign"
  video.srcObject = stream
  video.playsInline = true
  button.closest("[data-scan]").after(video)
  await video.play()
  const stop = () => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
    video.remove()
  }
  const timer = setInterval(async () => {
    const [code] = await detector.detect(video).catch(() => [])
    if (!code) return
    stop()
    field.value = code.rawValue
    field.form.requestSubmit(field.form.querySelector("[data-scan] button[type=submit]"))
  }, EVERY)
  button.addEventListener("click", stop, { once: true })
}

for (const place of document.querySelectorAll("[data-scan]")) {
  const button = place.querySelector("[data-camera]")
  const field = place.querySelector("input")
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) continue
  button.hidden = false
  button.addEventListener("click", () => look(button, field).catch(() => (button.hidden = true)))
}
