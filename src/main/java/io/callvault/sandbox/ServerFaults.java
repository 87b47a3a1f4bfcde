// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * A server that is down, slow to trust, or sparing with its headers. Where nothing else is said they strike every request
 * but those for tokens; {@link Fault#onPath} narrows or widens that.
 */
public final class ServerFaults {

    private static final Predicate<String> INTERFACE = path -> path.startsWith("/restapi/v1.0/");
    private static final Predicate<String> EVERYTHING = path -> true;

    private ServerFaults() {}

    /** 503 as a gateway says it: HTML, without {@code Retry-After}. */
    public static Fault unavailable() {
        return Fault.before(
                "unavailable",
                INTERFACE,
                request -> Answer.of(503, "text/html", "<html><body><h1>503 Service Unavailable</h1></body></html>"));
    }

    /** 503 as the provider says it, with {@code Retry-After}. */
    public static Fault unavailableFor(Duration duration) {
        return Fault.before("unavailable for a time", INTERFACE, request -> Answer.error(
                        503, "CMN-201", "Service Temporary Unavailable")
                .with("Retry-After", Long.toString(duration.toSeconds())));
    }

    /** 500 with the provider's own error. */
    public static Fault internalError() {
        return error(500, "CMN-203", "Internal Server Error");
    }

    /** Any status with any code. */
    public static Fault error(int status, String code, String message) {
        return Fault.before(code, INTERFACE, request -> Answer.error(status, code, message));
    }

    /** The connection is cut without an answer. */
    public static Fault hangUp() {
        return Fault.before("hang up", INTERFACE, request -> Answer.hungUp());
    }

    /** What was asked is done, and the connection cut before the answer. */
    public static Fault answerLost() {
        return Fault.after("answer lost", any -> true, any -> true, (request, answer) -> Answer.hungUp());
    }

    /**
     * 429 although the budget is not spent, with {@code Retry-After}; the penalty that it announces begins. Add
     * {@link #retryAfterMissing} or {@link #rateHeadersMissing} for the barer forms of it.
     */
    public static Fault tooManyRequests() {
        return Fault.before("too many requests", INTERFACE, request -> {
            if (request.budget() == null) {
                return Answer.error(429, "CMN-310", "Global request rate exceeded");
            }
            request.verdict(request.budget().refuse(request.at()));
            return Reception.tooMany(request.verdict());
        });
    }

    /** 429 because the same request is being answered already; no penalty, no {@code Retry-After}. */
    public static Fault sameRequestRunning() {
        return error(429, "CMN-304", "The same request is still running");
    }

    /** No answer 429 or 503 says when to come back. */
    public static Fault retryAfterMissing() {
        return Fault.after(
                "Retry-After missing", EVERYTHING, any -> true, (request, answer) -> answer.without("Retry-After"));
    }

    /** No answer says anything of rates. */
    public static Fault rateHeadersMissing() {
        return Fault.after(
                "rate headers missing", EVERYTHING, any -> true, (request, answer) -> answer.without("X-Rate-Limit-"));
    }

    /** The group has another name in the headers; its budget is the same. */
    public static Fault groupRenamed(RateGroup group, String name) {
        return Fault.after(
                "group renamed",
                EVERYTHING,
                answer -> group.header().equals(answer.headers().get("x-rate-limit-group")),
                (request, answer) -> answer.with("X-Rate-Limit-Group", name));
    }

    /** 401, and the token it came with is worth nothing from now on; a new one is given out as ever. */
    public static Fault tokenDies() {
        return Fault.before("token dies", INTERFACE, request -> {
            if (request.token() != null) {
                request.token().revoke();
            }
            return Reception.tokenError("TokenInvalid", "OAU-149", "OAuth token is invalid");
        });
    }

    /** Tokens given out from now on live so long, whatever {@code expires_in} says. */
    public static Fault tokensDieAfter(Duration life) {
        return Fault.after(
                "tokens die early",
                path -> path.equals(TokenEndpoints.TOKEN),
                answer -> answer.status() == 200,
                (request, answer) -> {
                    Instant end = request.at().plus(life);
                    request.token().endAt(end);
                    return answer;
                });
    }

    /** No token is given out: 400 with an OAuth error such as {@code OAU-270}. */
    public static Fault tokenRefused(String code) {
        return Fault.before(
                "token refused",
                path -> path.equals(TokenEndpoints.TOKEN),
                request -> Answer.oauthError("invalid_grant", code, "refused"));
    }

    /** 403 CMN-401: the application lacks a permission. */
    public static Fault applicationLacks(String permission) {
        return forbidden("CMN-401", "application needs to have [" + permission + "] permission", permission);
    }

    /** 403 CMN-408: the user's role lacks a permission. */
    public static Fault userLacks(String permission) {
        return forbidden("CMN-408", "user needs to have [" + permission + "] permission", permission);
    }

    /** 403 CMN-419: the permission does not reach as far as this extension. */
    public static Fault scopeTooNarrow(String permission) {
        return forbidden("CMN-419", "user needs to have [" + permission + "] permission with extended scope", permission);
    }

    private static Fault forbidden(String code, String message, String permission) {
        return Fault.before(
                code,
                INTERFACE,
                request -> Answer.error(
                        403, code, "In order to call this API endpoint, " + message, "permissionName", permission));
    }
}
