# Registrations and badges.
category-trade-visitor = Trade visitor
category-hosted-buyer = Hosted buyer
category-media = Media
category-speaker = Speaker
category-exhibitor-staff = Exhibitor
category-contractor = Contractor
category-organizer = Organizer
category-vip = VIP

badge-serial = Badge no.
badge-number = Registration no.
