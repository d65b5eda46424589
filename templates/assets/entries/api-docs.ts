// Draws the OpenAPI document of this installation. Swagger UI is a classic script that leaves one global behind.
declare const SwaggerUIBundle: (options: Record<string, unknown>) => unknown;

const root = document.getElementById("api-docs");
if (root?.dataset.document) {
  SwaggerUIBundle({
    url: root.dataset.document,
    domNode: root,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    validatorUrl: null,
  });
}
