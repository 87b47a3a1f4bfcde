// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes a request in and decides in this order: is there such an address, may it be changed, who asks, is there budget
 * left, does a fault answer, and only then the endpoint. Everything is written into the request log.
 */
final class Reception {

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final TokenEndpoints tokenEndpoints;
    private final Tokens tokens;
    private final Budgets budgets;
    private final Faults faults;
    private final RequestLog log;
    private final String clientId;
    private final AtomicLong serial = new AtomicLong();

    Reception(Site site, Tokens tokens, Budgets budgets, RequestLog log) {
        this.tokens = tokens;
        this.budgets = budgets;
        this.faults = site.faults();
        this.log = log;
        this.clientId = site.options().credentials().clientId();
        this.tokenEndpoints = new TokenEndpoints(site.options(), tokens);
        endpoints.addAll(tokenEndpoints.all());
        endpoints.addAll(new CallLogEndpoints(site).all());
        endpoints.addAll(new MediaEndpoints(site).all());
        endpoints.addAll(new MessageEndpoints(site).all());
        endpoints.addAll(new AccountEndpoints(site).all());
    }

    Answer receive(Request request) {
        Answer answer;
        try {
            answer = faults.after(request, withRates(request, answer(request)));
        } catch (Refusal refusal) {
            answer = faults.after(request, withRates(request, refusal.answer()));
        } catch (RuntimeException e) {
            answer = Answer.error(500, "SANDBOX", "the sandbox itself is wrong: " + e);
        }
        log.add(entry(request, answer.status()));
        return answer.status() == 0
                ? answer
                : answer.with("RCRequestId", HexFormat.of().toHexDigits(serial.incrementAndGet()));
    }

    private Answer answer(Request request) throws Refusal {
        Endpoint endpoint = find(request);
        if (endpoint == null || request.door() == Door.STRANGER && !endpoint.pattern().contains("/content")) {
            throw Refusal.of(404, "CMN-120", "Invalid URI");
        }
        if (!endpoint.method().equals(request.method())) {
            throw Refusal.of(405, "CMN-121", "Method not allowed");
        }
        request.unknownParameters(request.query().keySet().stream()
                .filter(name -> !endpoint.parameters().contains(name))
                .toList());
        if (request.door() != Door.STRANGER) {
            Answer refused = refused(request, endpoint);
            if (refused != null) {
                return refused;
            }
        }
        Answer instead = faults.before(request);
        return instead != null ? instead : endpoint.behaviour().answer(request);
    }

    private Endpoint find(Request request) {
        Endpoint samePath = null;
        for (Endpoint endpoint : endpoints) {
            List<String> captures = endpoint.captures(request.path());
            if (captures != null) {
                request.captures(captures);
                samePath = endpoint;
                if (endpoint.method().equals(request.method())) {
                    return endpoint;
                }
            }
        }
        return samePath;
    }

    /** 401 without a token that is valid, 429 without budget, otherwise null. */
    private Answer refused(Request request, Endpoint endpoint) {
        if (endpoint.group() == RateGroup.AUTH) {
            request.count(budgets.of(tokenEndpoints.user(request), RateGroup.AUTH));
        } else if (!endpoint.pattern().startsWith("/restapi/v1.0/") && endpoint.group() == RateGroup.NONE) {
            return endpoint.pattern().startsWith(MediaEndpoints.MOVED) ? unauthorized(request) : null;
        } else {
            Answer unauthorized = unauthorized(request);
            if (unauthorized != null) {
                return unauthorized;
            }
            String user = Long.toString(request.token().user().id());
            request.count(budgets.of(user, endpoint.group()));
        }
        return request.verdict().accepted() ? null : tooMany(request.verdict());
    }

    private Answer unauthorized(Request request) {
        String header = request.header("Authorization");
        if (header == null) {
            return tokenError("TokenInvalid", "AGW-401", "Authorization header is not specified");
        }
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return tokenError("TokenInvalid", "AGW-402", "Invalid Authorization header");
        }
        request.token(tokens.find(header.substring(7).trim()));
        if (request.token() == null) {
            return tokenError("TokenInvalid", "OAU-149", "OAuth token is invalid");
        }
        return request.token().isValid(request.at())
                ? null
                : tokenError("TokenExpired", "OAU-128", "Access token expired");
    }

    /** The word stands at the top, the code in the list. */
    static Answer tokenError(String word, String code, String message) {
        return Answer.of(
                401,
                Answer.JSON,
                "{\"errorCode\":\"%s\",\"message\":\"%s\",\"errors\":[{\"errorCode\":\"%s\",\"message\":\"%s\"}]}"
                        .formatted(word, message, code, message));
    }

    static Answer tooMany(Budget.Verdict verdict) {
        return Answer.error(429, "CMN-301", "Request rate exceeded")
                .with("Retry-After", Long.toString(verdict.retryAfter().toSeconds()));
    }

    /** On every answer that was counted; answers 401 were seen live without. */
    private static Answer withRates(Request request, Answer answer) {
        Budget.Verdict verdict = request.verdict();
        if (verdict == null || answer.status() == 0) {
            return answer;
        }
        return answer.with("X-Rate-Limit-Group", verdict.group().header())
                .with("X-Rate-Limit-Limit", Integer.toString(verdict.limit()))
                .with("X-Rate-Limit-Remaining", Integer.toString(verdict.remaining()))
                .with("X-Rate-Limit-Window", Long.toString(verdict.window().toSeconds()));
    }

    private ReceivedRequest entry(Request request, int status) {
        Budget.Verdict verdict = request.verdict();
        Token token = request.token();
        boolean isTokenRequest = request.path().startsWith("/restapi/oauth/");
        String user = verdict == null ? null : isTokenRequest ? tokenEndpoints.user(request) : null;
        if (user == null && verdict != null && token != null) {
            user = Long.toString(token.user().id());
        }
        return new ReceivedRequest(
                request.door(),
                request.method(),
                request.path(),
                request.rawQuery(),
                request.query(),
                authorization(request),
                request.header("Range"),
                request.header("User-Agent"),
                verdict == null ? RateGroup.NONE : verdict.group(),
                user,
                verdict != null && verdict.insidePenalty(),
                request.unknownParameters(),
                request.at(),
                status);
    }

    private String authorization(Request request) {
        String header = request.header("Authorization");
        if (header == null) {
            return "none";
        }
        if (header.startsWith("Basic ")) {
            return "basic " + clientId;
        }
        Token token = header.length() > 7 ? tokens.find(header.substring(7).trim()) : null;
        if (token == null) {
            return "unknown bearer";
        }
        return token.isValid(request.at()) ? token.name() : "expired " + token.name();
    }

    /** For faults that lead elsewhere: the request's path and query at another server. */
    static String at(URI server, Request request) {
        return server + request.path() + (request.rawQuery() == null ? "" : "?" + request.rawQuery());
    }
}
