// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Answer;
import io.callvault.provider.Removal;
import io.callvault.provider.Tokens;
import io.callvault.provider.kazoo.KazooRequests.Tried;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kazoo's refusals in our words (crossbar, api_util and cb_context). The HTTP status counts, not the texts: a refused token
 * alone is told in two ways. An answer may hold the token that it was asked with, a refused key, and the address of a storage.
 */
final class KazooErrors {

    private static final int EVIDENCE = 500;
    private static final Pattern MORE_THAN = Pattern.compile("more than ([0-9]{1,10}) seconds");

    private KazooErrors() {}

    /** @param token the one that was sent, or a later one; null when there is none now */
    static ArchiveException translate(Answer answer, Tried tried, Tokens.Token token) {
        JsonNode json = json(answer);
        int status = answer.status();
        String said = said(status, json, tried.account(), token);
        String sentence = sentence(tried, said);
        if (status == 401) {
            return new TryAgainException(ErrorCode.TOKEN_REJECTED, sentence);
        }
        if (status == 429) {
            return new WaitException(ErrorCode.BUDGET_EXHAUSTED, sentence, tried.now());
        }
        return tried.isContent()
                ? content(status, json, sentence, evidence(json, tried.account(), token))
                : listing(status, json, sentence, said, tried);
    }

    /**
     * The same of a request that was to give something up. That a thing is not there is said with its id; without it the
     * module or the account is missing, which says nothing of the thing.
     */
    static ArchiveException translateRemoval(Answer answer, Tried tried, Removal removal, Tokens.Token token) {
        JsonNode json = json(answer);
        int status = answer.status();
        String sentence = sentence(tried, said(status, json, tried.account(), token));
        String evidence = evidence(json, tried.account(), token);
        if (status == 401) {
            return new TryAgainException(ErrorCode.TOKEN_REJECTED, sentence);
        }
        if (status == 429) {
            return new WaitException(ErrorCode.BUDGET_EXHAUSTED, sentence, tried.now());
        }
        if (status / 100 != 4 || status == 408 || status == 409 || !json.isObject()) {
            return new TryAgainException(ErrorCode.PROVIDER_BUSY, sentence);
        }
        if (status == 403) {
            return new StopCustomerException(
                    ErrorCode.PERMISSION_MISSING,
                    sentence + ". The credentials must be of this account, or of one above it, and may not be restricted to"
                            + " reading");
        }
        if (KazooRemovals.isNotKnown(status, json, removal)) {
            return KazooRemovals.notKnown(sentence);
        }
        boolean isGone = status == 404 && KazooRemovals.isNamed(json.path("data"), removal);
        return new SkipRecordException(
                isGone ? ErrorCode.CONTENT_MISSING : ErrorCode.RELEASE_REFUSED, sentence, status, evidence);
    }

    /** A 500 with an envelope is about this one: its storage cannot be read, or it is asked in the wrong folder. */
    private static ArchiveException content(int status, JsonNode json, String sentence, String evidence) {
        if (status == 404 || status == 410) {
            return new SkipRecordException(ErrorCode.CONTENT_MISSING, sentence, status, evidence);
        }
        if (status == 403 && json.isObject()) {
            return new SkipRecordException(ErrorCode.CONTENT_FORBIDDEN, sentence, status, evidence);
        }
        boolean isItsOwn = status / 100 == 4 || (status == 500 && json.isObject());
        return new TryAgainException(isItsOwn ? ErrorCode.CONTENT_UNREADABLE : ErrorCode.PROVIDER_BUSY, sentence);
    }

    private static ArchiveException listing(int status, JsonNode json, String sentence, String said, Tried tried) {
        JsonNode range = json.path("data").path("created_from").path("date_range");
        if (status == 400 && range.isObject()) {
            Matcher most = MORE_THAN.matcher(range.path("message").asText());
            if (tried.feed() != null && most.find() && Long.parseLong(most.group(1)) > 0) {
                tried.account().longestSpan(tried.feed(), Long.parseLong(most.group(1)));
            }
            return new TryAgainException(ErrorCode.LISTING_UNREADABLE, sentence);
        }
        boolean isPassing = status / 100 != 4 || status == 408 || status == 416 || !json.isObject();
        if (isPassing) {
            return new TryAgainException(
                    status / 100 == 5 ? ErrorCode.PROVIDER_BUSY : ErrorCode.LISTING_UNREADABLE, sentence);
        }
        String mend = mend(status, tried);
        if (tried.part() != null) {
            return new SkipRecordException(
                    ErrorCode.PART_NOT_VISIBLE, sentence, status, word(json), said + "; " + mend);
        }
        return new StopCustomerException(ErrorCode.PERMISSION_MISSING, sentence + ". " + sentenceOf(mend));
    }

    /** What to do about a refusal that will not pass. */
    private static String mend(int status, Tried tried) {
        if (status == 404) {
            String module = module(tried);
            return module == null
                    ? "see that the account exists"
                    : "see that the account exists and that the module " + module
                            + " is started (sup crossbar_maintenance start_module " + module + ")";
        }
        return status == 403
                ? "the credentials must be of this account, or of one above it"
                : "see in Kazoo what is wrong with the account";
    }

    private static String module(Tried tried) {
        String path = tried.address().split("\\?")[0];
        return Kazoo.FEEDS.values().stream()
                .filter(feed -> path.endsWith(feed.list().split("\\?")[0])
                        || path.endsWith(String.valueOf(feed.listAfter(feed.list()))))
                .map(KazooFeed::module)
                .findFirst()
                .orElse(null);
    }

    static ArchiveException translateLogin(Answer answer, KazooAccount account, Instant now) {
        JsonNode json = json(answer);
        String tried = "Tried to sign in for customer " + account.customer() + " but Kazoo answered "
                + said(answer.status(), json, account, null);
        if (json.path("data").has("multi_factor_request")) {
            tried += ", because it wants a second factor of this user";
        }
        if (answer.status() == 429) {
            return new WaitException(ErrorCode.BUDGET_EXHAUSTED, tried, now);
        }
        // An unknown key is a 404, a disabled account a 400, one of the wrong length too.
        return List.of(400, 401, 403, 404, 423).contains(answer.status()) && json.isObject()
                ? new StopCustomerException(
                        ErrorCode.CREDENTIALS_REJECTED,
                        tried + ". Check api-key, or username, password and account-name, of this customer")
                : new TryAgainException(ErrorCode.PROVIDER_BUSY, tried);
    }

    private static String sentence(Tried tried, String said) {
        return "Tried to " + tried.subject() + " for customer " + tried.account().customer() + " but Kazoo answered " + said;
    }

    private static String sentenceOf(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String said(int status, JsonNode json, KazooAccount account, Tokens.Token token) {
        JsonNode data = json.path("data");
        String message = data.path("message").asText(word(json));
        String cause = data.path("cause").isValueNode() ? data.path("cause").asText() : "";
        String text = status + (message.isEmpty() ? "" : " " + message) + (cause.isEmpty() ? "" : " (" + cause + ")");
        return clean(text.replaceAll("\\p{Cntrl}", " "), account, token);
    }

    /** The symbolic name of the failure; empty when there is none. */
    private static String word(JsonNode json) {
        return json.path("message").asText("").replace(' ', '_');
    }

    private static String evidence(JsonNode json, KazooAccount account, Tokens.Token token) {
        if (json instanceof ObjectNode object) {
            object.remove("auth_token");
        }
        String text = json.isMissingNode() ? "" : json.toString();
        return clean(text.substring(0, Math.min(EVIDENCE, text.length())), account, token);
    }

    private static String clean(String text, KazooAccount account, Tokens.Token token) {
        String clean = account.withoutSecrets(text);
        return token == null ? clean : clean.replace(token.value(), "***");
    }

    private static JsonNode json(Answer answer) {
        try (var stream = answer.body()) {
            String body = new String(stream.readNBytes(16_384), StandardCharsets.UTF_8);
            JsonNode json = ExactJson.MAPPER.readTree(Redaction.refusal(body));
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
