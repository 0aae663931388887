//! The service: joins the rooms. It takes what the client says in the order in which it is said, has the answers worked
//! out, and asks the client what only the client knows.
//!
//! The server holds the handlers and the session what they share, with `look_up` for what an archive has a part in; the
//! capabilities say what is offered. This room uses every other, and only the program above it uses this one.

mod capabilities;
mod look_up;
mod one_at_a_time;
mod server;
mod session;

pub(super) use server::Server;
pub(super) use session::Session;
