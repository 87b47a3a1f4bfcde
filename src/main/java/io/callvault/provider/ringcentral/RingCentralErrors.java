// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.error.StopCustomerException;
import io.callvault.error.TryAgainException;
import io.callvault.error.WaitException;
import io.callvault.json.ExactJson;
import io.callvault.provider.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** RingCentral's refusals in our words. The one place that knows its error codes (guide, "Errors"). */
final class RingCentralErrors {

    private static final int EVIDENCE = 500;

    /** The application lacks a permission: for one extension as for all. */
    private static final String APPLICATION = "CMN-401";

    /** The user's role lacks a permission. */
    private static final String ROLE = "CMN-408";

    /** What everything of the customer lacks. */
    private static final Set<String> PERMISSIONS = Set.of(APPLICATION, ROLE);

    /** The user has the permission, but not for other extensions. */
    private static final String SCOPE = "CMN-419";

    /** A message whose content is lost at the provider. */
    private static final String NULL_CONTENT = "MSG-352";

    /** The fax is still being rendered. */
    private static final String RENDERING = "MSG-368";

    /** The same request is being answered already (guide, "Rate limits"). It is 429, but no budget was spent. */
    private static final String RUNNING = "CMN-304";

    /** There is no such thing (guide, "Errors"); which one it is says the parameter. */
    private static final String UNKNOWN = "CMN-102";

    /** Parameters that name what is archived. That an extension is not there says nothing of its messages. */
    private static final Set<String> THINGS = Set.of("callRecordingId", "messageId");

    private RingCentralErrors() {}

    /**
     * @param subject what was tried, to follow "Tried to"
     * @param part the extension that was being listed; null for anything else
     * @param isRemoval whether something was to be given up, or to be looked at before
     */
    static ArchiveException translate(
            Answer answer, RingCentralAccount account, String subject, String part, boolean isRemoval, Instant now) {
        String body = read(answer);
        JsonNode json = json(body);
        String code = RingCentralRequests.errorCode(json);
        String said = said(answer, account, json, code);
        String tried = "Tried to " + subject + " for customer " + account.customer() + " but RingCentral answered " + said;
        String evidence = account.withoutSecrets(body.substring(0, Math.min(EVIDENCE, body.length())));
        int status = answer.status();
        boolean isContent = subject.startsWith("download");
        if (code.equals(RUNNING)) {
            return new TryAgainException(ErrorCode.REQUEST_REPEATED, tried);
        }
        if (code.equals(RENDERING)) {
            return new SkipRecordException(ErrorCode.CONTENT_MISSING, tried, status, evidence);
        }
        if (code.equals(NULL_CONTENT)) {
            return new TryAgainException(ErrorCode.CONTENT_EMPTY, tried);
        }
        if (part != null && (status == 404 || (status == 403 && !code.isEmpty() && !code.equals(APPLICATION)))) {
            String reason = account.withoutSecrets(reason(code, json));
            return new SkipRecordException(ErrorCode.PART_NOT_VISIBLE, tried, status, code, reason);
        }
        if (isRemoval && status / 100 == 4 && status != 401 && status != 403 && status != 429) {
            boolean isGone = status == 404 && code.equals(UNKNOWN) && THINGS.contains(parameter(json));
            return new SkipRecordException(
                    isGone ? ErrorCode.CONTENT_MISSING : ErrorCode.RELEASE_REFUSED, tried, status, evidence);
        }
        return switch (status) {
            case 401 -> new TryAgainException(ErrorCode.TOKEN_REJECTED, tried);
            case 403 -> forbidden(isContent, tried, code, json, evidence);
            case 404 -> isContent
                    ? new SkipRecordException(ErrorCode.CONTENT_MISSING, tried, status, evidence)
                    : new TryAgainException(ErrorCode.LISTING_UNREADABLE, tried);
            case 429 -> new WaitException(ErrorCode.BUDGET_EXHAUSTED, tried, now);
            default -> new TryAgainException(ErrorCode.PROVIDER_BUSY, tried);
        };
    }

    static ArchiveException translateLogin(Answer answer, RingCentralAccount account, Instant now) {
        String body = read(answer);
        JsonNode json = json(body);
        String code = RingCentralRequests.errorCode(json);
        String tried = "Tried to sign in for customer " + account.customer() + " but RingCentral answered "
                + said(answer, account, json, code.isEmpty() ? json.path("error").asText("") : code);
        return switch (answer.status()) {
            case 400, 401, 403 -> new StopCustomerException(
                    ErrorCode.CREDENTIALS_REJECTED,
                    tried + ". Check client-id, client-secret and jwt of this customer");
            case 429 -> new WaitException(ErrorCode.BUDGET_EXHAUSTED, tried, now);
            default -> new TryAgainException(ErrorCode.PROVIDER_BUSY, tried);
        };
    }

    private static ArchiveException forbidden(
            boolean isContent, String tried, String code, JsonNode json, String evidence) {
        if (PERMISSIONS.contains(code) || (!isContent && !code.isEmpty())) {
            String permission = permission(json);
            return new StopCustomerException(
                    ErrorCode.PERMISSION_MISSING,
                    tried + ". " + mend(code, permission.isEmpty() ? "" : " " + permission));
        }
        // A gateway's 403 has no code and says nothing about permissions.
        return code.isEmpty()
                ? new TryAgainException(ErrorCode.PROVIDER_BUSY, tried)
                : new SkipRecordException(ErrorCode.CONTENT_FORBIDDEN, tried, 403, evidence);
    }

    /** Which of the two sides lacks a permission (guide, "Permissions"). */
    private static String mend(String code, String permission) {
        return switch (code) {
            case APPLICATION -> "Give the app the permission" + permission + " in the developer console";
            case ROLE -> "Give the role of the JWT's user the permission" + permission;
            case SCOPE -> "The permission" + permission
                    + " is there, but not for others: use the JWT of an administrator, who may see everybody's";
            default -> "Grant the application and its user the permission" + permission;
        };
    }

    /** Why an extension cannot be seen, for who has to change it. */
    private static String reason(String code, JsonNode json) {
        String permission = permission(json);
        if (!permission.isEmpty() && code.equals(SCOPE)) {
            return "needs the extended " + permission + " scope";
        }
        if (!permission.isEmpty()) {
            return "needs the permission " + permission;
        }
        String message = json.path("message").asText("");
        return message.isEmpty() ? "is refused without a reason" : message.replaceAll("\\p{Cntrl}", " ");
    }

    private static String permission(JsonNode json) {
        String permission = json.path("errors").path(0).path("permissionName").asText("");
        return permission.isEmpty() ? json.path("permissionName").asText("") : permission;
    }

    private static String parameter(JsonNode json) {
        String first = json.path("errors").path(0).path("parameterName").asText("");
        return first.isEmpty() ? json.path("parameterName").asText("") : first;
    }

    private static String said(Answer answer, RingCentralAccount account, JsonNode json, String code) {
        String message = json.path("message").asText(json.path("error_description").asText(""));
        String text = answer.status() + (code.isEmpty() ? "" : " " + code) + (message.isEmpty() ? "" : ": " + message);
        return account.withoutSecrets(text.replaceAll("\\p{Cntrl}", " "));
    }

    private static JsonNode json(String body) {
        try {
            JsonNode json = ExactJson.MAPPER.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String read(Answer answer) {
        try (var stream = answer.body()) {
            return new String(stream.readNBytes(16_384), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
