"""Who may do what: pure functions that return frozen policy documents."""
