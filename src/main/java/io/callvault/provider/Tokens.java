// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import io.callvault.error.ArchiveException;
import io.callvault.error.StopCustomerException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The tokens of a provider's lanes: one each, asked for by one request at a time, renewed early, and once after a 401. */
public final class Tokens {

    /** Understands the answer to a token request. */
    @FunctionalInterface
    public interface Reader {

        /** @throws ArchiveException if the body holds no token */
        Fresh read(Lane lane, byte[] body);
    }

    /**
     * A token as it came.
     *
     * @param life from now until it ends
     */
    public record Fresh(String value, Duration life) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "a token for " + life;
        }
    }

    /**
     * A token in use.
     *
     * @param number counts the tokens of this process
     * @param renewAt when the next is asked for: at 80 % of its life
     */
    public record Token(long number, String value, Instant renewAt) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "token " + number;
        }
    }

    private record Refused(StopCustomerException why, Instant until) {}

    private final String provider;
    private final ProviderParts parts;
    private final Duration refusedFor;
    private final Reader reader;
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> logins = new HashMap<>();
    private final Map<String, Refused> refused = new HashMap<>();
    private long number;

    /**
     * @param provider name of its routes
     * @param refusedFor how long refused credentials are not tried again; zero when they are at once
     */
    public Tokens(String provider, ProviderParts parts, Duration refusedFor, Reader reader) {
        this.provider = provider;
        this.parts = parts;
        this.refusedFor = refusedFor;
        this.reader = reader;
    }

    /** Completes when the lane has a token that is good; asks for one when it has none. */
    public CompletionStage<Void> ready(Lane lane) {
        CompletableFuture<Void> begun;
        synchronized (this) {
            Instant now = parts.clock().instant();
            Token token = tokens.get(lane.identity());
            if (token != null && token.renewAt().isAfter(now)) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> login = logins.get(lane.identity());
            if (login != null) {
                return login;
            }
            Refused known = refused.get(lane.identity());
            if (known != null && known.until().isAfter(now)) {
                return CompletableFuture.failedFuture(known.why());
            }
            begun = new CompletableFuture<>();
            logins.put(lane.identity(), begun);
        }
        parts.login()
                .apply(provider, lane)
                .thenAccept(body -> keep(lane, body))
                .whenComplete((done, failure) -> end(lane, begun, failure));
        return begun;
    }

    private void end(Lane lane, CompletableFuture<Void> begun, Throwable failure) {
        synchronized (this) {
            logins.remove(lane.identity());
            if (ArchiveException.in(failure) instanceof StopCustomerException why) {
                refused.put(lane.identity(), new Refused(why, parts.clock().instant().plus(refusedFor)));
            }
        }
        if (failure == null) {
            begun.complete(null);
        } else {
            begun.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
        }
    }

    private void keep(Lane lane, byte[] body) {
        Fresh fresh = reader.read(lane, body);
        Instant renewAt = parts.clock().instant().plus(fresh.life().multipliedBy(4).dividedBy(5));
        synchronized (this) {
            tokens.put(lane.identity(), new Token(++number, fresh.value(), renewAt));
        }
    }

    /** The lane's token; null before the first login. */
    public synchronized Token token(Lane lane) {
        return tokens.get(lane.identity());
    }

    /** A token was refused: it is not used again. One that was renewed meanwhile stays. */
    public synchronized void rejected(Lane lane, long old) {
        Token token = tokens.get(lane.identity());
        if (token != null && token.number() == old) {
            tokens.remove(lane.identity());
        }
    }
}
