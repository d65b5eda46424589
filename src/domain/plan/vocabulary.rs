//! Closed lists of the plan's words: which team does a task, where, and how those words meet
//! the roles of the product and the places of the venue.

use crate::access::Role;

codes! {
    /// A team or body of the field, as plan templates name it.
    Function {
        /// Project director.
        ProjectDirector "PD",
        /// Show manager.
        ShowManager "PM",
        /// Space sales.
        SpaceSales "SM",
        /// Visitor marketing.
        Marketing "MK",
        /// Hosted-buyer programme.
        Buyers "HB",
        /// Operations.
        Operations "OM",
        /// Hall manager.
        HallManager "FM",
        /// Technical services, official contractor.
        Technical "TM",
        /// Logistics.
        Logistics "LM",
        /// Health and safety.
        Safety "HS",
        /// Security.
        Security "SEC",
        /// Registration.
        Registration "RM",
        /// Conference.
        Conference "CE",
        /// Customer service.
        CustomerService "CS",
        /// Press.
        Press "PR",
        /// Finance.
        Finance "FIN",
        /// Legal.
        Legal "LEG",
        /// Information technology.
        It "IT",
        /// Privacy officer.
        Privacy "DPO",
        /// Auditor.
        Auditor "AUD",
        /// The venue.
        Venue "VEN",
        /// Police, fire and other authorities.
        Authorities "AUTH",
        /// The board.
        Board "Board",
    }
}

impl Function {
    /// The role of the product that acts for it. Outside bodies (board, venue, authorities, auditor) act through
    /// the role that deals with them and files their paper.
    pub const fn role(self) -> Role {
        match self {
            Function::ProjectDirector | Function::Board | Function::Privacy | Function::Auditor => Role::Director,
            Function::ShowManager | Function::Legal => Role::Manager,
            Function::SpaceSales => Role::Sales,
            Function::Marketing | Function::Buyers | Function::Conference | Function::Press => Role::Marketing,
            Function::Operations | Function::Technical | Function::Logistics | Function::It => Role::Operations,
            Function::HallManager | Function::Venue => Role::HallManager,
            Function::Safety | Function::Security | Function::Authorities => Role::Safety,
            Function::Registration => Role::Registration,
            Function::CustomerService => Role::CustomerService,
            Function::Finance => Role::Finance,
        }
    }
}

codes! {
    /// The kind of place a task needs.
    PlaceKind {
        /// An office.
        Office "office",
        /// A hall.
        Hall "hall",
        /// A stand.
        Stand "stand",
        /// A loading dock.
        Dock "dock",
        /// The marshalling yard.
        Yard "yard",
        /// The registration area.
        RegistrationArea "registration_area",
        /// The service centre.
        ServiceCentre "service_centre",
        /// A meeting room.
        MeetingRoom "meeting_room",
        /// A conference room.
        ConferenceRoom "conference_room",
        /// The control room.
        ControlRoom "control_room",
        /// The press centre.
        PressCentre "press_centre",
        /// A warehouse.
        Warehouse "warehouse",
        /// A hotel, outside the venue.
        Hotel "hotel",
        /// The venue as a whole.
        AllPlaces "all_places",
    }
}

impl PlaceKind {
    /// Reads the spelling of a plan template ("loading dock").
    pub fn parse_template(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "loading dock" => PlaceKind::Dock,
            "marshalling yard" => PlaceKind::Yard,
            other => Self::parse(&other.replace(' ', "_"))?,
        })
    }

    /// The kind of place in the venue's tree that fits; `None` outside the venue.
    pub const fn venue_kind(self) -> Option<&'static str> {
        Some(match self {
            PlaceKind::Hall => "hall",
            PlaceKind::Stand => "stand",
            PlaceKind::Dock => "dock",
            PlaceKind::Yard => "yard",
            PlaceKind::RegistrationArea => "registration_area",
            PlaceKind::Office | PlaceKind::ServiceCentre => "office",
            PlaceKind::MeetingRoom | PlaceKind::ConferenceRoom | PlaceKind::ControlRoom | PlaceKind::PressCentre => {
                "room"
            }
            PlaceKind::Warehouse => "warehouse",
            PlaceKind::AllPlaces => "venue",
            PlaceKind::Hotel => return None,
        })
    }
}

codes! {
    /// The part of an event's life a task belongs to. Which of them an event has is the template's choice.
    Phase {
        /// Exhibition: before the halls are taken over.
        PreShow "pre_show",
        /// Exhibition: build-up, open days, breakdown.
        OnSite "on_site",
        /// Exhibition: after the halls are returned.
        PostShow "post_show",
        /// Conference: before anyone arrives.
        Planning "planning",
        /// Conference: arrivals.
        Reception "reception",
        /// Conference: the sitting.
        InSession "in_session",
        /// Conference: the end of the sitting.
        Closing "closing",
        /// Conference: follow-up until the next sitting.
        Adjournment "adjournment",
    }
}
