"""Documents of word processors and for print, by a kept library each."""
