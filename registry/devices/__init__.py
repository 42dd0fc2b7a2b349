"""What is done with devices: handing out, taking back, losing, mending, checking and disposing of them."""
