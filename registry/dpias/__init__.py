"""DPIAs: begun, worked out, moved on, and what fills them."""
