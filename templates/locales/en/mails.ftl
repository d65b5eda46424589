# Words of mails.
mail-hello = Dear { $name },
mail-bye = Kind regards,
    the team of { $edition }
mail-received-subject = Your application for { $edition } (#{ $number })
mail-received-body = we have received the application of { $company } for a stand at { $edition }. Its number is #{ $number }. We look for a stand that fits and write to you soon.
mail-declined-subject = Your application for { $edition }
mail-declined-body = thank you for the application of { $company } for { $edition }. Unfortunately we cannot offer you a stand this time. The reason:
mail-invitation-subject = Welcome to { $edition }: your exhibitor portal
mail-invitation-body = { $company } takes part in { $edition }. Everything about your stand is in the exhibitor portal: what to do and by when, your data, your contacts. Choose a password with this link; it works once, until { $until }.
mail-invitation-stand = Your stand: { $stands }
mail-invitation-button = Open the exhibitor portal
mail-reminder-subject = Due on { $day }: { $count ->
    [one] one thing
   *[other] { $count } things
 } for { $edition }
mail-reminder-body = this is still to be done for { $company } by { $day }:
mail-reset-subject = Choose a new password
mail-reset-body = somebody, probably you, asked for a new password for this address. Choose it with this link; it works once, for { $minutes } minutes. If it was not you, there is nothing to do: the old password stays.
mail-reset-button = Choose a new password
mail-reset-bye = Kind regards,
    Fairlead
