//! Pages without a sign-in, and the doors to sign in.

use crate::Surface;

mod apply;
mod calendar;
mod count;
mod delegation;
mod forgotten;
mod invited;
mod letter;
mod own;
mod preferences;
mod registration;
mod second_step;
mod sign_in;

pub(crate) fn routes(s: &mut Surface) {
    sign_in::routes(s);
    second_step::routes(s);
    forgotten::routes(s);
    registration::routes(s);
    own::routes(s);
    preferences::routes(s);
    apply::routes(s);
    calendar::routes(s);
    delegation::routes(s);
    invited::routes(s);
    letter::routes(s);
    count::routes(s);
}
