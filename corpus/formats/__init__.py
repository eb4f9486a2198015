"""The formats that articles come in, one small module each."""
