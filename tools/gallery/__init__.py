"""Every page in every state, as pictures to leaf through: `make gallery`."""
