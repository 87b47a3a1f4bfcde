// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import io.callvault.provider.ProviderFixture;
import io.callvault.sandbox.Fault;
import io.callvault.sandbox.MediaFaults;
import io.callvault.sandbox.ReceivedRequest;
import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.sandbox.ServerFaults;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sandbox with pages of ten rows. */
public final class RingcentralFixture implements ProviderFixture {

    private Sandbox sandbox;

    /** The customer's keys for a sandbox. */
    static Map<String, String> keys(Sandbox sandbox) {
        SandboxOptions.Credentials credentials = sandbox.options().credentials();
        Map<String, String> keys = new HashMap<>();
        keys.put("provider", "ringcentral");
        keys.put("feeds", "calls");
        keys.put("server", sandbox.server().toString());
        keys.put("client-id", credentials.clientId());
        keys.put("client-secret", credentials.clientSecret());
        keys.put("jwt", String.join(",", credentials.jwts()));
        return keys;
    }

    /** What must never have been asked. */
    static List<String> misbehaviour(Sandbox sandbox) {
        List<String> found = new ArrayList<>(sandbox.requests().unknownParameters());
        sandbox.requests().writes().forEach(one -> found.add(one.method() + " " + one.path()));
        sandbox.requests()
                .where(ReceivedRequest::isInsidePenalty)
                .forEach(one -> found.add("in a penalty: " + one.path()));
        return found;
    }

    @Override
    public Map<String, String> open(Clock clock, boolean isEmpty) {
        SandboxOptions options = SandboxOptions.demo().withPerPageCap(10);
        sandbox = Sandbox.start(isEmpty ? options.withVolume(0, 0, 0) : options, clock);
        return keys(sandbox);
    }

    @Override
    public void trouble(Trouble trouble) {
        Fault unavailable = ServerFaults.unavailable();
        Fault refused = ServerFaults.tooManyRequests().onPath("/call-log").after(1);
        switch (trouble) {
            case TOKEN_DIES -> add(ServerFaults.tokenDies().after(20));
            case REFUSED -> add(refused);
            case REFUSED_WITHOUT_TIME -> {
                add(refused);
                sandbox.faults().add(ServerFaults.retryAfterMissing());
            }
            case LISTING_BROKEN -> add(unavailable.onPath("/call-log").after(1));
            case CONTENT_BROKEN -> add(unavailable.onPath("/content"));
            case CONTENT_CUT -> add(MediaFaults.truncatedAfter(100));
            case CONTENT_SHORT -> add(MediaFaults.chunksTruncatedAfter(100));
            default -> throw new IllegalArgumentException(trouble.name());
        }
    }

    private void add(Fault fault) {
        sandbox.faults().add(fault.times(1));
    }

    @Override
    public void lose() {
        sandbox.faults()
                .add(MediaFaults.notFound().onRecording(sandbox.truth().recordings().get(3)));
    }

    @Override
    public List<String> binaries() {
        return sandbox.truth().recordings().stream()
                .map(sandbox::sha256)
                .sorted()
                .toList();
    }

    @Override
    public int pagesAsked() {
        return sandbox.requests().listRequests();
    }

    @Override
    public int binariesAsked() {
        return sandbox.requests().contentRequests();
    }

    @Override
    public int tokensAsked() {
        return sandbox.requests().tokenRequests();
    }

    @Override
    public List<String> requests() {
        return sandbox.requests().all().stream()
                .map(one -> one.method() + " " + one.path())
                .toList();
    }

    @Override
    public String tokenRequest() {
        return "POST /restapi/oauth/token";
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
