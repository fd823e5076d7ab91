"""Every sentence that the screens say, by language."""
