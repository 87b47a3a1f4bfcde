// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Lane;
import io.callvault.provider.ProviderParts;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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

/**
 * Access tokens, one for each lane, asked for by one request at a time: at 80 % of the old one's life, and once after a 401.
 * RingCentral keeps about five sessions for a user and application and drops the oldest, so all workers share a token.
 */
public final class RingCentralTokens {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Map<String, RingCentralAccount> accounts;
    private final ProviderParts parts;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> logins = new HashMap<>();
    private long number;

    RingCentralTokens(Map<String, RingCentralAccount> accounts, ProviderParts parts) {
        this.accounts = accounts;
        this.parts = parts;
    }

    /** Completes when the lane has a token that is good; asks for one when it has none. */
    public CompletionStage<Void> ready(@Variable("customer") String customer, @Variable("lane") String laneNumber) {
        Lane lane = accounts.get(customer).lane(laneNumber);
        CompletableFuture<Void> login;
        synchronized (this) {
            Token token = tokens.get(lane.identity());
            if (token != null && token.renewAt().isAfter(parts.clock().instant())) {
                return CompletableFuture.completedFuture(null);
            }
            login = logins.get(lane.identity());
            if (login != null) {
                return login;
            }
            login = new CompletableFuture<>();
            logins.put(lane.identity(), login);
        }
        CompletableFuture<Void> begun = login;
        parts.login().apply("ringcentral", lane).thenAccept(body -> keep(lane, body)).whenComplete((done, failure) -> {
            synchronized (this) {
                logins.remove(lane.identity());
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
    public String request(
            @Variable("customer") String customer,
            @Variable("lane") String laneNumber,
            @Headers Map<String, Object> headers) {
        RingCentralAccount account = accounts.get(customer);
        String client = account.clientId() + ":" + account.clientSecret();
        headers.put("CamelHttpUri", account.address("/restapi/oauth/token"));
        headers.put("CamelHttpMethod", "POST");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        headers.put("User-Agent", RingCentralRequests.USER_AGENT);
        headers.put(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
        return "grant_type=" + encode(GRANT) + "&assertion=" + encode(account.jwt(account.lane(laneNumber)));
    }

    /** The lane's token; null before the first login. */
    synchronized Token token(Lane lane) {
        return tokens.get(lane.identity());
    }

    /** A token was refused: it is not used again. One that was renewed meanwhile stays. */
    synchronized void rejected(Lane lane, long number) {
        Token token = tokens.get(lane.identity());
        if (token != null && token.number() == number) {
            tokens.remove(lane.identity());
        }
    }

    private void keep(Lane lane, byte[] body) {
        try {
            JsonNode answer = ExactJson.MAPPER.readTree(body);
            String value = answer.path("access_token").asText();
            long seconds = answer.path("expires_in").asLong(0);
            if (value.isEmpty() || seconds <= 0) {
                throw new IOException("no access_token, or no expires_in");
            }
            Instant renewAt = parts.clock().instant().plus(Duration.ofMillis(seconds * 800));
            synchronized (this) {
                tokens.put(lane.identity(), new Token(++number, value, renewAt));
            }
        } catch (IOException e) {
            throw new TryAgainException(
                    ErrorCode.PROVIDER_BUSY,
                    "Tried to sign in for customer " + lane.customer()
                            + " but RingCentral answered with something that is not a token");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
