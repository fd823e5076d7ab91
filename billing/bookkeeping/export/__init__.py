"""The journal of a period for who keeps books in another way: a spreadsheet, an audit file, and all documents."""
