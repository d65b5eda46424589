# Error pages and signing in.
problem-missing = Nothing here
problem-hint-missing = The page does not exist, or it is not for you. Check the address or start again from home.
problem-forbidden = Not for your role
problem-hint-forbidden = You can see this show but may not do this. The project director can give you the right.
problem-invalid = This could not be understood
problem-hint-invalid = Something in the request is missing or malformed. Go back, check what you entered and try again.
problem-conflict = Something else holds already
problem-hint-conflict = Someone was faster, or the state has changed. Look at the present state and try again.
problem-too-many = Please wait a moment
problem-hint-too-many = There were too many tries. Wait a few minutes and try again.
problem-too-large = Too large
problem-hint-too-large = What was sent is larger than we accept. Choose a smaller file.
problem-fault = Something broke
problem-hint-fault = That is our fault and has been written down. Nothing you entered before was lost. Please try again.
problem-offline = No connection
problem-hint-offline = The server cannot be reached at the moment. The page comes back when the network does.
problem-reference = Reference
problem-home = Home

sign-in-title = Sign in
sign-in-hint = For the organizer's team.
sign-in-portal-title = Sign in as exhibitor
sign-in-portal-hint = With the e-mail address your invitation came to.
sign-in-email = E-mail
sign-in-password = Password
sign-in-submit = Sign in
refusal-sign-in = E-mail or password is wrong.
