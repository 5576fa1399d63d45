"""PyAV's only door: pictures and sound into packets, packets into films."""
