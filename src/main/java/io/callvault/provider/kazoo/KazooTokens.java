// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Lane;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Tokens;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;

/** Kazoo's tokens: JWTs that end at a fixed time, an hour after they were made by default; using them does not prolong them. */
public final class KazooTokens {

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** So long refused credentials are not tried again: feeds that are listed at once would each try them. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);

    private final Map<String, KazooAccount> accounts;
    private final ProviderParts parts;
    private final Tokens tokens;

    KazooTokens(Map<String, KazooAccount> accounts, ProviderParts parts) {
        this.accounts = accounts;
        this.parts = parts;
        this.tokens = new Tokens("kazoo", parts, REFUSED_FOR, this::read);
    }

    Tokens tokens() {
        return tokens;
    }

    /** Completes when the lane has a token that is good; asks for one when it has none. */
    public CompletionStage<Void> ready(@Variable("customer") String customer) {
        return tokens.ready(accounts.get(customer).lane());
    }

    /** The body of the token request, and its headers; the credential itself travels in no header and no address. */
    public String request(@Variable("customer") String customer, @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        KazooAccount account = accounts.get(customer);
        headers.put("CamelHttpUri", account.address(account.loginPath()));
        headers.put("CamelHttpMethod", HttpMethods.PUT);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Callvault");
        return account.loginBody();
    }

    private Tokens.Fresh read(Lane lane, byte[] body) {
        JsonNode answer = json(body);
        String value = answer.path("auth_token").asText("");
        if (value.isEmpty()) {
            throw new TryAgainException(
                    ErrorCode.PROVIDER_BUSY,
                    "Tried to sign in for customer " + lane.customer()
                            + " but Kazoo answered with something that is not a token");
        }
        return new Tokens.Fresh(value, life(value, answer.path("timestamp").asText(""), parts.clock().instant()));
    }

    /** How long it is good, by the clock of the server, where its answer tells that. */
    private static Duration life(String token, String timestamp, Instant now) {
        String[] pieces = token.split("\\.");
        long expires = pieces.length == 3 ? claims(pieces[1]).path("exp").asLong(0) : 0;
        if (expires <= 0) {
            return USUAL;
        }
        Duration life = Duration.between(moment(timestamp, now), Instant.ofEpochSecond(expires));
        return life.compareTo(SHORTEST) < 0 || life.compareTo(Duration.ofDays(365)) > 0 ? USUAL : life;
    }

    /** Seen with and without a Z at its end. */
    private static Instant moment(String timestamp, Instant otherwise) {
        try {
            return Instant.parse(timestamp.endsWith("Z") ? timestamp : timestamp + "Z");
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static JsonNode claims(String piece) {
        try {
            return json(Base64.getUrlDecoder().decode(piece));
        } catch (IllegalArgumentException e) {
            return ExactJson.MAPPER.nullNode();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode read = ExactJson.MAPPER.readTree(body);
            return read == null ? ExactJson.MAPPER.nullNode() : read;
        } catch (IOException e) {
            return ExactJson.MAPPER.nullNode();
        }
    }
}
