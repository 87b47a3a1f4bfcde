// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import com.dropbox.core.AccessErrorException;
import com.dropbox.core.BadRequestException;
import com.dropbox.core.BadResponseException;
import com.dropbox.core.DbxException;
import com.dropbox.core.InvalidAccessTokenException;
import com.dropbox.core.PathRootErrorException;
import com.dropbox.core.RateLimitException;
import com.dropbox.core.RetryException;
import com.dropbox.core.oauth.DbxOAuthException;
import com.dropbox.core.v2.files.DownloadErrorException;
import com.dropbox.core.v2.files.GetMetadataErrorException;
import com.dropbox.core.v2.files.ListFolderErrorException;
import com.dropbox.core.v2.files.LookupError;
import com.dropbox.core.v2.files.UploadErrorException;
import com.dropbox.core.v2.files.UploadSessionAppendErrorException;
import com.dropbox.core.v2.files.UploadSessionFinishErrorException;
import com.dropbox.core.v2.files.WriteError;
import io.callvault.error.ArchiveException;
import io.callvault.store.Failures;
import java.time.Duration;
import java.util.List;

/** What a refusal of Dropbox means. */
final class DropboxErrors {

    /** For those that do not say. */
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final DropboxSettings settings;
    private final Failures failures;

    DropboxErrors(DropboxSettings settings) {
        this.settings = settings;
        this.failures = new Failures(
                settings.target(),
                "Dropbox folder " + (settings.root().isEmpty() ? "/" : settings.root()),
                List.of(settings.appSecret(), settings.refreshToken()));
    }

    Failures failures() {
        return failures;
    }

    /** @param tried to follow "Tried to" */
    ArchiveException translate(DbxException thrown, String tried) {
        WriteError refusal = writeError(thrown);
        if (refusal != null) {
            return refused(refusal, thrown, tried);
        }
        if (isOtherBytes(thrown)) {
            return failures.notProved(tried, "Dropbox says that what arrived was not what was sent"
                    + " (content_hash_mismatch): it is tried again", thrown);
        }
        if (thrown instanceof DbxOAuthException login) {
            return failures.denied(tried, "Dropbox gives no access token (" + login.getDbxOAuthError().getError()
                    + "): correct app-key, app-secret and refresh-token, or let the app in again", thrown);
        }
        if (thrown instanceof InvalidAccessTokenException token) {
            return failures.denied(tried, "Dropbox refuses the access token (" + said(token.getAuthError())
                    + "): let the app in again, or correct member, which only a team's token may have", thrown);
        }
        if (thrown instanceof RateLimitException || isBusy(thrown)) {
            return failures.busy(tried, "Dropbox has too many requests of this user or app: it is left alone for "
                    + pause(thrown).toSeconds() + " s and then tried again", pause(thrown), thrown);
        }
        ArchiveException other = setting(thrown, tried);
        return other != null
                ? other
                : failures.unreachable(tried, "Dropbox did not answer as it should (" + innermost(thrown)
                        + "): it is tried again; if it stays so, check network and status.dropbox.com", thrown);
    }

    private ArchiveException setting(DbxException thrown, String tried) {
        if (thrown instanceof AccessErrorException access) {
            return failures.denied(
                    tried, "Dropbox denies access (" + said(access.getAccessError()) + "): check the account or team", thrown);
        }
        if (thrown instanceof PathRootErrorException root) {
            return failures.denied(tried, "Dropbox does not know the namespace " + settings.namespace() + " ("
                    + said(root.getPathRootError()) + "): correct namespace", thrown);
        }
        if (thrown instanceof BadRequestException) {
            return failures.denied(tried, "Dropbox refuses the request (" + failures.said(thrown.getMessage())
                    + "): give the app the permissions that the guide lists, and let it in again", thrown);
        }
        LookupError lookup = lookupError(thrown);
        if (lookup != null && lookup.isMalformedPath()) {
            return failures.refused(tried, "Dropbox refuses the path (malformed_path): change the customer's path");
        }
        if (lookup != null && (lookup.isRestrictedContent() || lookup.isLocked())) {
            return failures.denied(tried, "Dropbox does not give this file out (" + said(lookup) + "): unlock it", thrown);
        }
        return null;
    }

    private ArchiveException refused(WriteError refusal, DbxException thrown, String tried) {
        return switch (refusal.tag()) {
            case INSUFFICIENT_SPACE -> failures.full(
                    tried, "no space is left in this Dropbox: free some, or buy more", thrown);
            case DISALLOWED_NAME, MALFORMED_PATH -> failures.refused(
                    tried, "Dropbox does not take this name (" + said(refusal) + "): change the customer's path");
            case CONFLICT -> failures.conflict(tried, "something stands in its way (" + said(refusal.getConflictValue())
                    + ")");
            case NO_WRITE_PERMISSION, TEAM_FOLDER, OPERATION_SUPPRESSED -> failures.denied(
                    tried, "Dropbox refuses to write there (" + said(refusal) + "): give the user the right, or name"
                            + " another root", thrown);
            case TOO_MANY_WRITE_OPERATIONS -> failures.busy(
                    tried, "Dropbox has too many changes of this user at once: it is tried again", A_WHILE, thrown);
            default -> failures.unreachable(tried, "Dropbox refused (" + said(refusal) + "): it is tried again", thrown);
        };
    }

    /** Whether a put found its name taken by a file, a folder, or a file where a folder is needed. */
    static boolean isTaken(DbxException thrown) {
        WriteError refusal = writeError(thrown);
        return refusal != null && refusal.isConflict();
    }

    /** Whether Dropbox says that nothing lies there. */
    static boolean isMissing(DbxException thrown) {
        LookupError lookup = lookupError(thrown);
        return lookup != null && (lookup.isNotFound() || lookup.isNotFolder() || lookup.isNotFile());
    }

    private static WriteError writeError(DbxException thrown) {
        if (thrown instanceof UploadErrorException upload && upload.errorValue.isPath()) {
            return upload.errorValue.getPathValue().getReason();
        }
        if (thrown instanceof UploadSessionFinishErrorException finish && finish.errorValue.isPath()) {
            return finish.errorValue.getPathValue();
        }
        return null;
    }

    private static LookupError lookupError(DbxException thrown) {
        if (thrown instanceof GetMetadataErrorException metadata && metadata.errorValue.isPath()) {
            return metadata.errorValue.getPathValue();
        }
        if (thrown instanceof DownloadErrorException download && download.errorValue.isPath()) {
            return download.errorValue.getPathValue();
        }
        if (thrown instanceof ListFolderErrorException list && list.errorValue.isPath()) {
            return list.errorValue.getPathValue();
        }
        return null;
    }

    private static boolean isOtherBytes(DbxException thrown) {
        return thrown instanceof UploadErrorException upload && upload.errorValue.isContentHashMismatch()
                || thrown instanceof UploadSessionFinishErrorException finish && finish.errorValue.isContentHashMismatch()
                || thrown instanceof UploadSessionAppendErrorException append && append.errorValue.isContentHashMismatch();
    }

    private static boolean isBusy(DbxException thrown) {
        return thrown instanceof RetryException
                || thrown instanceof UploadSessionFinishErrorException finish
                        && finish.errorValue.isTooManyWriteOperations()
                || thrown instanceof BadResponseException && String.valueOf(thrown.getMessage()).contains("Retry-After");
    }

    private static Duration pause(DbxException thrown) {
        long millis = thrown instanceof RetryException retry ? retry.getBackoffMillis() : 0;
        return millis > 0 ? Duration.ofMillis(millis) : A_WHILE;
    }

    private String said(Object value) {
        return failures.said(String.valueOf(value).replaceAll("[{}\"]|\\.tag:", ""));
    }

    private String innermost(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        String message = failures.said(cause.getMessage());
        return message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }
}
