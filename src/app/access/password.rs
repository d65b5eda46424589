//! Hashing and checking passwords: Argon2id with the library's parameters (19 MiB, 2 passes), off the async threads.

use crate::Error;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// The PHC string of a password.
///
/// # Errors
/// When hashing fails, which only a lack of memory explains.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    let hash = move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string());
    tokio::task::spawn_blocking(hash)
        .await
        .map_err(|e| Error::Outside(e.to_string()))?
        .map_err(|e| Error::Outside(e.to_string()))
}

/// Whether the password fits. Takes the same time for an account that does not exist (`None`), so that nobody can
/// tell the two apart by waiting.
///
/// # Errors
/// When the work cannot be done at all.
pub async fn verify(password: &str, hash: Option<String>) -> Result<bool, Error> {
    let password = password.to_owned();
    let check = move || match hash {
        Some(hash) => PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()),
        None => {
            let hashed = Argon2::default().hash_password(password.as_bytes());
            drop(hashed);
            false
        }
    };
    tokio::task::spawn_blocking(check).await.map_err(|e| Error::Outside(e.to_string()))
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = super::hash("correct horse").await.expect("hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(super::verify("correct horse", Some(hash.clone())).await.expect("verify"));
        assert!(!super::verify("wrong", Some(hash)).await.expect("verify"));
        assert!(!super::verify("wrong", None).await.expect("verify"));
    }
}
