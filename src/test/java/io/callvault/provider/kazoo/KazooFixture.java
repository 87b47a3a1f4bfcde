// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import io.callvault.provider.ProviderFixture;
import io.callvault.sandbox.kazoo.KazooAccounts;
import io.callvault.sandbox.kazoo.KazooReply;
import io.callvault.sandbox.kazoo.KazooRequest;
import io.callvault.sandbox.kazoo.KazooSandbox;
import io.callvault.spool.SpoolFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A sandbox with an account that holds some of everything. */
public final class KazooFixture implements ProviderFixture {

    private KazooSandbox sandbox;

    /** The customer's keys for a sandbox. */
    static Map<String, String> keys(KazooSandbox sandbox) {
        Map<String, String> keys = new HashMap<>();
        keys.put("provider", "kazoo");
        keys.put("server", sandbox.server().toString());
        keys.put("account", sandbox.top());
        keys.put("api-key", KazooSandbox.API_KEY);
        return keys;
    }

    /** Some of everything, in an account, before a moment. */
    static void fill(KazooAccounts accounts, String account, String name, Instant now) {
        for (int i = 0; i < 9; i++) {
            Instant at = now.minus(Duration.ofDays(9L * i)).minusSeconds(3_600);
            accounts.recording(account, name + i, at, at.plusSeconds(42));
            accounts.cdr(account, name + i + "@203.0.113.7", at, 42);
            accounts.voicemail(account, KazooAccounts.hex("box"), "v" + name + i, at);
            accounts.fax(account, i % 2 == 0 ? "inbox" : "outbox", "f" + name + i, at);
        }
    }

    /** SHA-256 of all binaries of these accounts, sorted. */
    static List<String> binaries(KazooSandbox sandbox, List<String> accounts) {
        List<String> sums = new ArrayList<>();
        accounts.forEach(account -> Stream.of("recordings", "vmboxes", "faxes")
                .flatMap(list -> sandbox.accounts().ids(account, list).stream())
                .map(id -> sandbox.accounts().media(account, id))
                .filter(bytes -> bytes != null)
                .map(SpoolFile::sha256)
                .forEach(sums::add));
        return sums.stream().sorted().toList();
    }

    /** Requests that no archive makes. */
    static List<String> misbehaviour(KazooSandbox sandbox) {
        Predicate<KazooRequest> isBad = one -> !one.method().equals("GET") && !(one.method().equals("PUT") && one.isLogin());
        return sandbox.requests(isBad).stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
    }

    @Override
    public Map<String, String> open(Clock clock, boolean isEmpty) {
        sandbox = KazooSandbox.start(clock);
        if (!isEmpty) {
            fill(sandbox.accounts(), sandbox.top(), "a", clock.instant());
        }
        return keys(sandbox);
    }

    @Override
    public void trouble(Trouble trouble) {
        switch (trouble) {
            case TOKEN_DIES -> once(KazooRequest::isMedia, good -> {
                sandbox.expireTokens();
                return KazooReply.tokenExpired();
            });
            case REFUSED -> once(KazooRequest::isPage, good -> KazooReply.tooMany().with("Retry-After", "20"));
            case REFUSED_WITHOUT_TIME -> once(KazooRequest::isPage, good -> KazooReply.tooMany());
            case LISTING_BROKEN -> once(KazooRequest::isPage, good -> KazooReply.gateway());
            case CONTENT_BROKEN -> once(KazooRequest::isMedia, good -> KazooReply.gateway());
            case CONTENT_CUT -> once(KazooRequest::isMedia, good -> good.cut(100));
            case CONTENT_SHORT -> once(KazooRequest::isMedia, good -> good.cut(1));
            default -> throw new IllegalArgumentException(trouble.name());
        }
    }

    private void once(Predicate<KazooRequest> asked, Function<KazooReply, KazooReply> then) {
        sandbox.when(asked, 3, 1, then);
    }

    @Override
    public void lose() {
        String id = sandbox.accounts().ids(sandbox.top(), "recordings").get(3);
        sandbox.when(one -> one.rest().equals("recordings/" + id), KazooReply.badIdentifier());
    }

    @Override
    public List<String> binaries() {
        return binaries(sandbox, sandbox.accounts().all());
    }

    @Override
    public int pagesAsked() {
        return sandbox.requests(KazooRequest::isPage).size();
    }

    @Override
    public int binariesAsked() {
        return sandbox.requests(KazooRequest::isMedia).size();
    }

    @Override
    public int tokensAsked() {
        return sandbox.requests(KazooRequest::isLogin).size();
    }

    @Override
    public List<String> requests() {
        return sandbox.requests().stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
    }

    @Override
    public String tokenRequest() {
        return "PUT /v2/api_auth";
    }

    @Override
    public List<String> misbehaviour() {
        return misbehaviour(sandbox);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
