// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.acceptance.Tokens.User;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The token endpoint: the JWT bearer grant of one confidential client, and revocation. */
final class Doorman {

    static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final Set<String> FIELDS =
            Set.of("grant_type", "assertion", "scope", "access_token_ttl", "refresh_token_ttl", "endpoint_id");

    private final Tokens tokens;
    private final String basic;
    private final Consumer<String> violations;

    Doorman(Tokens tokens, String clientId, String clientSecret, Consumer<String> violations) {
        this.tokens = tokens;
        this.basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        this.violations = violations;
    }

    Answer answer(Seen request, String operation) {
        if (request.contentType() == null || !request.contentType().startsWith("application/x-www-form-urlencoded")) {
            violations.accept("not a form: " + request);
            return refuse("invalid_request", "OAU-103", "Content type is not supported");
        }
        if (!basic.equals(request.authorization())) {
            return refuse("invalid_client", "OAU-153", "Invalid client");
        }
        Map<String, List<String>> form = Lookalike.parameters(request.body());
        return operation.equals("revoke") ? revoke(form) : grant(form, request);
    }

    private Answer revoke(Map<String, List<String>> form) {
        form.getOrDefault("token", List.of()).forEach(tokens::revoke);
        return Answer.of(200, "text/plain", new byte[0]);
    }

    private Answer grant(Map<String, List<String>> form, Seen request) {
        for (Map.Entry<String, List<String>> field : form.entrySet()) {
            if (!FIELDS.contains(field.getKey()) || field.getValue().size() > 1) {
                violations.accept("form field " + field.getKey() + ": " + request);
                return refuse("invalid_request", "OAU-103", "Unexpected field");
            }
        }
        if (!List.of(JWT_BEARER).equals(form.get("grant_type"))) {
            violations.accept("grant " + form.get("grant_type") + ": " + request);
            return refuse("unsupported_grant_type", "OAU-250", "Unsupported grant type");
        }
        List<String> ttl = form.get("access_token_ttl");
        if (ttl != null && !ttl.get(0).matches("[0-9]{3,4}")) {
            violations.accept("access_token_ttl " + ttl + ": " + request);
            return refuse("invalid_request", "CMN-101", "Parameter [access_token_ttl] value is invalid");
        }
        User user = tokens.byJwt(form.getOrDefault("assertion", List.of("")).get(0));
        if (user == null) {
            return refuse("invalid_grant", "OAU-270", "Invalid assertion");
        }
        return Answer.json(
                200,
                Json.object()
                        .put("access_token", tokens.issue(user))
                        .put("token_type", "bearer")
                        .put("expires_in", tokens.life().toSeconds())
                        .put(
                                "scope",
                                "ReadAccounts ReadCallLog ReadCallRecording ReadMessages"
                                        + (user.company().mayDelete() ? " EditCallLog EditMessages" : ""))
                        .put("owner_id", user.extension())
                        .put("endpoint_id", "aB3dE5fG7hI9jK1l")
                        .put("session_id", UUID.randomUUID().toString()));
    }

    private static Answer refuse(String error, String code, String message) {
        ObjectNode body = Json.object().put("error", error).put("error_description", message);
        body.putArray("errors").addObject().put("errorCode", code).put("message", message);
        return Answer.json(400, body);
    }
}
