// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Lane;
import io.callvault.provider.ProviderParts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;

/**
 * Tokens, one for each lane, asked for by one request at a time: at 80 % of the old one's life, and once after a 401. They
 * are JWTs that end at a fixed time, an hour after they were made by default; using them does not prolong them.
 */
public final class KazooTokens {

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** So long refused credentials are not tried again: feeds that are listed at once would each try them. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);

    private final Map<String, KazooAccount> accounts;
    private final ProviderParts parts;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> logins = new HashMap<>();
    private final Map<String, Refused> refused = new HashMap<>();
    private long number;

    private record Refused(StopCustomerException why, Instant until) {}

    KazooTokens(Map<String, KazooAccount> accounts, ProviderParts parts) {
        this.accounts = accounts;
        this.parts = parts;
    }

    /** Completes when the lane has a token that is good; asks for one when it has none. */
    public CompletionStage<Void> ready(@Variable("customer") String customer) {
        Lane lane = accounts.get(customer).lane();
        CompletableFuture<Void> begun;
        synchronized (this) {
            Token token = tokens.get(lane.identity());
            if (token != null && token.renewAt().isAfter(parts.clock().instant())) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> login = logins.get(lane.identity());
            if (login != null) {
                return login;
            }
            Refused known = refused.get(lane.identity());
            if (known != null && known.until().isAfter(parts.clock().instant())) {
                return CompletableFuture.failedFuture(known.why());
            }
            begun = new CompletableFuture<>();
            logins.put(lane.identity(), begun);
        }
        parts.login().apply("kazoo", lane).thenAccept(body -> keep(lane, body)).whenComplete((done, failure) -> {
            synchronized (this) {
                logins.remove(lane.identity());
                if (ArchiveException.in(failure) instanceof StopCustomerException why) {
                    refused.put(lane.identity(), new Refused(why, parts.clock().instant().plus(REFUSED_FOR)));
                }
            }
            if (failure == null) {
                begun.complete(null);
            } else {
                begun.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
        return begun;
    }

    /** The body of the token request, and its headers; the credential itself travels in no header and no address. */
    public String request(@Variable("customer") String customer, @Headers Map<String, Object> headers) {
        KazooAccount account = accounts.get(customer);
        headers.put("CamelHttpUri", account.address(account.loginPath()));
        headers.put("CamelHttpMethod", HttpMethods.PUT);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("User-Agent", KazooRequests.USER_AGENT);
        return account.loginBody();
    }

    /** The lane's token; null before the first login. */
    synchronized Token token(Lane lane) {
        return tokens.get(lane.identity());
    }

    /** A token was refused: it is not used again. One that was renewed meanwhile stays. */
    synchronized void rejected(Lane lane, long old) {
        Token token = tokens.get(lane.identity());
        if (token != null && token.number() == old) {
            tokens.remove(lane.identity());
        }
    }

    private void keep(Lane lane, byte[] body) {
        JsonNode answer = json(body);
        String value = answer.path("auth_token").asText("");
        if (value.isEmpty()) {
            throw new TryAgainException(
                    ErrorCode.PROVIDER_BUSY,
                    "Tried to sign in for customer " + lane.customer()
                            + " but Kazoo answered with something that is not a token");
        }
        Instant now = parts.clock().instant();
        Instant renewAt = now.plus(life(value, answer.path("timestamp").asText(""), now).multipliedBy(4).dividedBy(5));
        synchronized (this) {
            tokens.put(lane.identity(), new Token(++number, value, renewAt));
        }
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

    /**
     * @param number counts the tokens of this process
     * @param renewAt when the next is asked for
     */
    record Token(long number, String value, Instant renewAt) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "token " + number;
        }
    }
}
