"""The forms of the incidents' pages."""
