"""What offers the author and the renderer to other programs: over HTTP, and as agent tools."""
