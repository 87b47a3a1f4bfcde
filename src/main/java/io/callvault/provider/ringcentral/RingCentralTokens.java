// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Lane;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Tokens;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** Access tokens. RingCentral keeps about five sessions for a user and application and drops the oldest, so all workers share one. */
public final class RingCentralTokens {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Map<String, RingCentralAccount> accounts;
    private final Tokens tokens;

    RingCentralTokens(Map<String, RingCentralAccount> accounts, ProviderParts parts) {
        this.accounts = accounts;
        this.tokens = new Tokens("ringcentral", parts, Duration.ZERO, RingCentralTokens::read);
    }

    Tokens tokens() {
        return tokens;
    }

    /** Completes when the lane has a token that is good; asks for one when it has none. */
    public CompletionStage<Void> ready(@Variable("customer") String customer, @Variable("lane") String laneNumber) {
        return tokens.ready(accounts.get(customer).lane(laneNumber));
    }

    /** The body of the token request, and its headers; the credential itself travels in no header and no address. */
    public String request(
            @Variable("customer") String customer,
            @Variable("lane") String laneNumber,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        RingCentralAccount account = accounts.get(customer);
        String client = account.clientId() + ":" + account.clientSecret();
        headers.put("CamelHttpUri", account.address("/restapi/oauth/token"));
        headers.put("CamelHttpMethod", "POST");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "Callvault");
        headers.put(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
        return "grant_type=" + encode(GRANT) + "&assertion=" + encode(account.jwt(account.lane(laneNumber)));
    }

    private static Tokens.Fresh read(Lane lane, byte[] body) {
        try {
            JsonNode answer = ExactJson.MAPPER.readTree(body);
            String value = answer.path("access_token").asText();
            long seconds = answer.path("expires_in").asLong(0);
            if (value.isEmpty() || seconds <= 0) {
                throw new IOException("no access_token, or no expires_in");
            }
            return new Tokens.Fresh(value, Duration.ofSeconds(seconds));
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
}
