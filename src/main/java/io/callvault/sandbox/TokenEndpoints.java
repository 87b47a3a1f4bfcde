// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Giving out and taking back access tokens. Only the JWT grant is there; refresh tokens are not given out. */
final class TokenEndpoints {

    static final String TOKEN = "/restapi/oauth/token";
    static final String REVOKE = "/restapi/oauth/revoke";
    private static final String JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final SandboxOptions options;
    private final Tokens tokens;

    TokenEndpoints(SandboxOptions options, Tokens tokens) {
        this.options = options;
        this.tokens = tokens;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint("POST", TOKEN, RateGroup.AUTH, Set.of(), this::grant),
                new Endpoint("POST", REVOKE, RateGroup.AUTH, Set.of(), this::revoke));
    }

    /** The extension id behind the credential, or the client id if there is none: whose Auth budget it is. */
    String user(Request request) {
        Extension user = tokens.user(field(request, "assertion"));
        Token token = tokens.find(field(request, "token"));
        if (token != null) {
            return Long.toString(token.user().id());
        }
        return user == null ? options.credentials().clientId() : Long.toString(user.id());
    }

    private Answer grant(Request request) {
        Answer refused = clientRefused(request);
        if (refused != null) {
            return refused;
        }
        String grant = field(request, "grant_type");
        if (grant.equals("password") || grant.equals("refresh_token")) {
            return Answer.oauthError(
                    "unauthorized_client", "OAU-251", "Unauthorized for this grant type: " + grant);
        }
        if (!grant.equals(JWT_GRANT)) {
            return Answer.oauthError("unsupported_grant_type", "OAU-250", "Unsupported grant type: " + grant);
        }
        Extension user = tokens.user(field(request, "assertion"));
        if (user == null) {
            return Answer.oauthError("invalid_grant", "OAU-270", "JWT assertion is invalid");
        }
        Duration lifetime = lifetime(request);
        Token token = tokens.issue(user, request.at(), lifetime);
        request.token(token);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("access_token", token.text());
        body.put("token_type", "bearer");
        body.put("expires_in", lifetime.toSeconds());
        body.put("scope", "ReadAccounts ReadCallLog ReadCallRecording ReadMessages");
        body.put("owner_id", Long.toString(user.id()));
        body.put("endpoint_id", "sandbox-endpoint");
        body.put("session_id", "session of " + token.name());
        return Answer.json(200, body);
    }

    private Answer revoke(Request request) {
        Answer refused = clientRefused(request);
        if (refused != null) {
            return refused;
        }
        Token token = tokens.find(field(request, "token"));
        if (token == null) {
            return Answer.oauthError("invalid_request", "OAU-213", "Token not found");
        }
        token.revoke();
        return Answer.of(200, Answer.JSON, "");
    }

    /** A client may ask for a shorter life, but not for less than ten minutes of it. */
    private Duration lifetime(Request request) {
        String asked = field(request, "access_token_ttl");
        Duration most = options.tokenLifetime();
        if (!asked.matches("[0-9]{3,4}")) {
            return most;
        }
        Duration wanted = Duration.ofSeconds(Math.max(600, Long.parseLong(asked)));
        return wanted.compareTo(most) < 0 ? wanted : most;
    }

    private Answer clientRefused(Request request) {
        SandboxOptions.Credentials credentials = options.credentials();
        byte[] wanted = (credentials.clientId() + ":" + credentials.clientSecret()).getBytes(StandardCharsets.UTF_8);
        String header = request.header("Authorization");
        if (header != null && header.equals("Basic " + Base64.getEncoder().encodeToString(wanted))) {
            return null;
        }
        return Answer.oauthError("invalid_client", "OAU-153", "Invalid client");
    }

    /** Empty when absent. */
    private static String field(Request request, String name) {
        return request.form().getOrDefault(name, List.of("")).get(0);
    }
}
