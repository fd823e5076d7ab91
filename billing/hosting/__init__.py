"""The website and e-mail settings of hosting packages: what they should be, handed to the control panel."""
