// Signing with a finger, a pen or a mouse. Without this file the name is typed, or the agreement is signed on paper.

const INK = "#0b1f26"
const WIDTH = 2.6

function startSigning(box) {
  const canvas = box.querySelector("canvas")
  const kept = box.querySelector("input[type=hidden]")
  const clear = box.querySelector("[data-clear]")
  const pen = canvas.getContext("2d")
  let isDown = false

  const wipe = () => {
    pen.fillStyle = "#fff"
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.strokeStyle = INK
    pen.lineWidth = WIDTH
    pen.lineCap = pen.lineJoin = "round"
    kept.value = ""
  }
  const at = (event) => {
    const shown = canvas.getBoundingClientRect()
    return [((event.clientX - shown.left) * canvas.width) / shown.width, ((event.clientY - shown.top) * canvas.height) / shown.height]
  }
  canvas.addEventListener("pointerdown", (event) => {
    isDown = true
    canvas.setPointerCapture(event.pointerId)
    pen.beginPath()
    pen.moveTo(...at(event))
    event.preventDefault()
  })
  canvas.addEventListener("pointermove", (event) => {
    if (!isDown) return
    pen.lineTo(...at(event))
    pen.stroke()
  })
  const lift = () => {
    if (!isDown) return
    isDown = false
    kept.value = canvas.toDataURL("image/png")
  }
  canvas.addEventListener("pointerup", lift)
  canvas.addEventListener("pointercancel", lift)
  clear.addEventListener("click", wipe)
  canvas.hidden = clear.hidden = false
  wipe()
}

for (const box of document.querySelectorAll("[data-sign]")) startSigning(box)
