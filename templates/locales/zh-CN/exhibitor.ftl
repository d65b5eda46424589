# exhibitor
