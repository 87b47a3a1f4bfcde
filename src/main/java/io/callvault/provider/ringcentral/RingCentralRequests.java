// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.gate.Gate;
import io.callvault.gate.Passage;
import io.callvault.gate.RateAnswer;
import io.callvault.gate.RetryAfter;
import io.callvault.provider.Answer;
import io.callvault.provider.Lane;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Removal;
import io.callvault.provider.Requests;
import io.callvault.provider.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;

/** One request with a token: made ready before it is sent, and its answer understood. */
public final class RingCentralRequests extends Requests {

    /** How long the same request is left to be answered first; no document says. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Map<String, RingCentralAccount> accounts;
    private final Tokens tokens;
    private final ProviderParts parts;

    RingCentralRequests(Map<String, RingCentralAccount> accounts, Tokens tokens, ProviderParts parts) {
        super("RingCentral", "one of RingCentral's servers");
        this.accounts = accounts;
        this.tokens = tokens;
        this.parts = parts;
    }

    @Override
    protected boolean isOwn(String customer, String address) {
        return accounts.get(customer).isOwn(address);
    }

    /** Sets the headers of a GET. The body is empty afterwards: one would make it a POST. */
    public Object prepare(
            @Variable("customer") String customer,
            @Variable("lane") String number,
            @Variable("address") String address,
            @Variable("offset") Long offset,
            @Variable("passage") Passage passage,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        RingCentralAccount account = accounts.get(customer);
        requireOwn(customer, address);
        headers.put("CamelHttpUri", account.address(address));
        headers.put("CamelHttpMethod", HttpMethods.GET); // as text it would be looked up for each request
        String token = sent(passage, tokens.token(account.lane(number)), customer);
        headers.put("Authorization", "Bearer " + token);
        get(headers, offset, offset == null ? "application/json" : "*/*");
        return null;
    }

    /** Looks once more whether it may be given up, and sets the headers of the request; answers its body. */
    public String prepareRemoval(
            @Variable("customer") String customer,
            @Variable("lane") String number,
            @Variable("removal") Removal removal,
            @Variable("lastLook") Runnable lastLook,
            @Variable("passage") Passage passage,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        RingCentralAccount account = accounts.get(customer);
        requireOwn(customer, removal.address());
        headers.put("CamelHttpUri", account.address(removal.address()));
        headers.put("Authorization", "Bearer " + sent(passage, tokens.token(account.lane(number)), customer));
        removal(headers, removal, lastLook);
        return removal.body();
    }

    /**
     * Understands an answer.
     *
     * @return the answer itself when it is good, or a redirect, or says that the range cannot be had; else fails, a moment
     *     later when the same request must not be repeated at once
     */
    public CompletionStage<Answer> check(
            @Body Answer answer,
            @Variable("customer") String customer,
            @Variable("lane") String number,
            @Variable("subject") String subject,
            @Variable("part") String part,
            @Variable("removal") Removal removal,
            @Variable("passage") Passage passage) {
        Lane lane = accounts.get(customer).lane(number);
        int status = answer.status();
        if (status / 100 == 2 || status == 416 || answer.isRedirect()) {
            passage.answered(rate(answer, false));
            return CompletableFuture.completedFuture(answer);
        }
        ArchiveException failure = RingCentralErrors.translate(
                answer, accounts.get(customer), subject, part, removal != null, parts.clock().instant());
        boolean isRepeated = failure.code() == ErrorCode.REQUEST_REPEATED;
        boolean isTimed = answer.number("Retry-After") != null;
        RateAnswer rate = rate(answer, status == 429 && (!isRepeated || isTimed));
        passage.answered(rate);
        if (isRepeated && !isTimed) {
            return parts.pause().apply(MOMENT).thenCompose(over -> CompletableFuture.failedFuture(failure));
        }
        if (rate.refused() && !isRepeated && !rate.hasBudget() && rate.group() == null) {
            shutAll(lane, passage.gate());
        }
        if (status == 401) {
            tokens.rejected(lane, passage.token());
        }
        throw failure;
    }

    /** Understands the answer to a token request. */
    public Answer checkLogin(
            @Body Answer answer, @Variable("customer") String customer, @Variable("passage") Passage passage) {
        passage.answered(rate(answer, answer.status() == 429));
        if (answer.status() / 100 == 2) {
            return answer;
        }
        throw RingCentralErrors.translateLogin(
                answer, accounts.get(customer), parts.clock().instant());
    }

    /** A 429 that names no group may be the whole account's: everything of the lane is silent as long. */
    private void shutAll(Lane lane, Gate refused) {
        Instant until = refused.status().closedUntil();
        if (until != null) {
            parts.gates().shut(lane.identity(), until);
        }
    }

    /** Header names as in the guide, "Rate limits"; group names come in lower case in practice. */
    private RateAnswer rate(Answer answer, boolean isRefused) {
        Long limit = answer.number("X-Rate-Limit-Limit");
        Long remaining = answer.number("X-Rate-Limit-Remaining");
        Long window = answer.number("X-Rate-Limit-Window");
        String group = answer.header("X-Rate-Limit-Group");
        return new RateAnswer(
                isRefused,
                group == null ? null : group.toLowerCase(Locale.ROOT),
                limit == null ? null : (int) Math.min(limit, Integer.MAX_VALUE),
                remaining == null ? null : (int) Math.min(remaining, Integer.MAX_VALUE),
                window == null ? null : Duration.ofSeconds(window),
                retryAfter(answer));
    }

    /** RingCentral sends it with 429 and 503 (guide, "Rate limits"). Every 5xx says that it is not well. */
    private Duration retryAfter(Answer answer) {
        boolean isUnwell = answer.status() / 100 == 5;
        Duration named = isUnwell || answer.status() == 429
                ? RetryAfter.of(
                        answer.header("Retry-After"),
                        answer.header("Date"),
                        parts.clock().instant())
                : null;
        return isUnwell && named == null ? Duration.ZERO : named;
    }

    /** The first error's code in a JSON error body; empty when the body is none. */
    static String errorCode(JsonNode body) {
        String first = body.path("errors").path(0).path("errorCode").asText("");
        return first.isEmpty() ? body.path("errorCode").asText("") : first;
    }
}
