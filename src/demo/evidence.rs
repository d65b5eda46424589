//! Files that prove something: a one-page PDF for a document, a picture of an empty bay for a photograph.

use domain::DocumentId;
use domain::document::Upload;

/// A file to store.
pub struct Paper {
    pub id: DocumentId,
    pub upload: Upload,
    pub by: domain::UserId,
    pub at: chrono::DateTime<chrono::Utc>,
}

/// The photograph of a hall bay.
pub fn photo(name: &str) -> Upload {
    let picture = include_bytes!("../../fixtures/demo/hall-bay.png").to_vec();
    Upload::check("file", &format!("{}.png", stem(name)), picture).expect("the picture of the fixtures is a PNG")
}

/// A document that says what it proves.
pub fn document(code: &str, name: &str) -> Upload {
    let lines = [format!("{code}: {name}"), "Signed and filed. Demonstration document.".to_owned()];
    Upload::check("file", &format!("{code}-{}.pdf", stem(name)), pdf(&lines)).expect("a PDF begins as one")
}

/// Words a file name may have.
fn stem(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    plain.split_whitespace().take(5).collect::<Vec<_>>().join("-")
}

/// The smallest PDF with a page of text: five objects and their table.
fn pdf(lines: &[String]) -> Vec<u8> {
    let ascii = |text: &String| -> String {
        let plain = text.chars().map(|c| if c.is_ascii() && !"()\\".contains(c) { c } else { ' ' });
        plain.collect()
    };
    let text: String = lines.iter().map(|line| format!("({}) Tj T* ", ascii(line))).collect();
    let stream = format!("BT /F1 14 Tf 22 TL 60 760 Td {text}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    let count = objects.len() + 1;
    file.push_str(&format!("trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    file.into_bytes()
}
