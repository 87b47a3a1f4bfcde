// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.error.ArchiveException;
import io.callvault.gate.Passage;
import io.callvault.gate.RateAnswer;
import io.callvault.gate.RetryAfter;
import io.callvault.provider.Answer;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Removal;
import io.callvault.provider.Requests;
import io.callvault.provider.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;

/** One request with a token: made ready before it is sent, and its answer understood. */
public final class KazooRequests extends Requests {

    /** A refusal does not say how long; by default an empty bucket is full again after this (kz_buckets, 4.3). */
    private static final Duration REFILL = Duration.ofSeconds(10);

    private final Map<String, KazooAccount> accounts;
    private final Tokens tokens;
    private final ProviderParts parts;

    KazooRequests(Map<String, KazooAccount> accounts, Tokens tokens, ProviderParts parts) {
        super("Kazoo", "on its Kazoo's server");
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
            @Variable("feed") String feed,
            @Variable("address") String address,
            @Variable("offset") Long offset,
            @Variable("passage") Passage passage,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        KazooAccount account = accounts.get(customer);
        requireOwn(customer, address);
        boolean isContent = offset != null;
        headers.put("CamelHttpUri", account.address(isContent || feed == null ? address : Listings.taken(account, feed, address)));
        headers.put("CamelHttpMethod", HttpMethods.GET);
        headers.put("X-Auth-Token", sent(passage, tokens.token(account.lane()), customer));
        get(headers, offset, isContent ? accepted(address) : "application/json");
        return null;
    }

    /** Looks once more whether it may be given up, and sets the headers of the request; answers its body. */
    public String prepareRemoval(
            @Variable("customer") String customer,
            @Variable("removal") Removal removal,
            @Variable("lastLook") Runnable lastLook,
            @Variable("passage") Passage passage,
            @Headers Map<String, Object> headers) {
        headers.clear(); // nothing of an earlier step goes along
        KazooAccount account = accounts.get(customer);
        requireOwn(customer, removal.address());
        headers.put("CamelHttpUri", account.address(removal.address()));
        headers.put("X-Auth-Token", sent(passage, tokens.token(account.lane()), customer));
        removal(headers, removal, lastLook);
        return removal.body();
    }

    /**
     * A recording has the same address as its document. Only these two names mean its binary, whatever type that is:
     * {@code audio/*} gets an empty 200 and {@code audio/wav} a 406 (cb_recordings). Voicemails and faxes may be converted to
     * another type than they are offered in, so they are asked for in any.
     */
    private static String accepted(String address) {
        return address.contains("/recordings/") ? "audio/mpeg" : "*/*";
    }

    /** Understands an answer: the answer itself when it is good, or a redirect, or says that the range cannot be had. */
    public Answer check(
            @Body Answer answer,
            @Variable("customer") String customer,
            @Variable("feed") String feed,
            @Variable("subject") String subject,
            @Variable("part") String part,
            @Variable("address") String address,
            @Variable("offset") Long offset,
            @Variable("removal") Removal removal,
            @Variable("passage") Passage passage) {
        KazooAccount account = accounts.get(customer);
        passage.answered(rate(answer));
        boolean isContent = offset != null;
        if (answer.status() / 100 == 2 || answer.isRedirect() || (isContent && answer.status() == 416)) {
            return answer;
        }
        Tried tried = new Tried(account, subject, feed, part, address, isContent, parts.clock().instant());
        ArchiveException failure = removal == null
                ? KazooErrors.translate(answer, tried, tokens.token(account.lane()))
                : KazooErrors.translateRemoval(answer, tried, removal, tokens.token(account.lane()));
        if (answer.status() == 401) {
            tokens.rejected(account.lane(), passage.token());
        }
        throw failure;
    }

    /** Understands the answer to a token request. */
    public Answer checkLogin(
            @Body Answer answer, @Variable("customer") String customer, @Variable("passage") Passage passage) {
        passage.answered(rate(answer));
        if (answer.status() / 100 == 2) {
            return answer;
        }
        throw KazooErrors.translateLogin(
                answer, accounts.get(customer), parts.clock().instant());
    }

    /** Kazoo itself sends no header about the budget; what stands before it may say how long to wait. */
    private RateAnswer rate(Answer answer) {
        boolean isRefused = answer.status() == 429;
        boolean isUnwell = answer.status() == 503;
        if (!isRefused && !isUnwell) {
            return RateAnswer.SILENT;
        }
        Duration named = RetryAfter.of(
                answer.header("Retry-After"), answer.header("Date"), parts.clock().instant());
        Duration otherwise = isRefused ? REFILL : Duration.ZERO;
        return new RateAnswer(isRefused, null, null, null, null, named == null ? otherwise : named);
    }

    /**
     * What a request was for.
     *
     * @param subject to follow "Tried to"
     * @param feed whose listing or content it was; null for a probe
     * @param part the account or user that was being listed; null for anything else
     */
    record Tried(
            KazooAccount account,
            String subject,
            String feed,
            String part,
            String address,
            boolean isContent,
            Instant now) {}
}
