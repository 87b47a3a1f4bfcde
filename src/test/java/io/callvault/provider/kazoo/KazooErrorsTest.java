// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.error.ArchiveException;
import io.callvault.error.ErrorCode;
import io.callvault.error.SkipRecordException;
import io.callvault.provider.Account;
import io.callvault.provider.Answer;
import io.callvault.provider.Tokens;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KazooErrorsTest {

    private static final String KEY = "k".repeat(64);
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");
    private static final String OWN = "/v2/accounts/aaaabbbbccccddddeeeeffff00001111";

    private final KazooAccount account = new KazooAccount(new Account(
            "acme",
            Map.of(
                    "server", List.of("https://api.example.com"),
                    "account", List.of("aaaabbbbccccddddeeeeffff00001111"),
                    "api-key", List.of(KEY),
                    "accounts", List.of("self"))));

    @Test
    void what_an_answer_echoes_of_token_and_key_is_in_no_evidence() {
        String body = "{\"data\":{\"message\":\"bad identifier\",\"cause\":\"%s\"},\"auth_token\":\"%s\",\"message\":\"bad_identifier\",\"x\":\"%s\"}"
                .formatted(TOKEN, TOKEN, KEY);

        ArchiveException failure = translate(404, body, "download recording/1", null, true);

        assertThat(failure.code()).isEqualTo(ErrorCode.CONTENT_MISSING);
        assertThat(((SkipRecordException) failure).evidence()).contains("bad identifier").doesNotContain(TOKEN, KEY);
        assertThat(failure.getMessage()).doesNotContain(TOKEN, KEY);
        assertThat(KazooErrors.translateLogin(
                        answer(404, "{\"message\":\"bad identifier\",\"data\":[\"" + KEY + "\"]}"), account, NOW))
                .hasMessageNotContaining(KEY)
                .satisfies(login -> assertThat(login.code()).isEqualTo(ErrorCode.CREDENTIALS_REJECTED));
    }

    @Test
    void the_address_of_a_storage_that_failed_is_told_without_its_secrets() {
        String body = "{\"data\":{\"message\":\"unknown failure\",\"cause\":\"GET https://u:s3cret@example.com/a?sig=s3cret"
                + " failed\"},\"message\":\"datastore_fault\"}";

        assertThat(translate(500, body, "download recording/1", null, true))
                .hasMessageContaining("GET https://example.com/a?sig=redacted failed")
                .hasMessageNotContaining("s3cret");
        assertThat(((SkipRecordException) translate(404, body, "download recording/1", null, true)).evidence())
                .contains("https://example.com/a?sig=redacted")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "401, TOKEN_REJECTED, TOKEN_REJECTED, TOKEN_REJECTED",
        "403, PERMISSION_MISSING, PART_NOT_VISIBLE, CONTENT_FORBIDDEN",
        "404, PERMISSION_MISSING, PART_NOT_VISIBLE, CONTENT_MISSING",
        "400, PERMISSION_MISSING, PART_NOT_VISIBLE, CONTENT_UNREADABLE",
        "423, PERMISSION_MISSING, PART_NOT_VISIBLE, CONTENT_UNREADABLE",
        "416, LISTING_UNREADABLE, LISTING_UNREADABLE, CONTENT_UNREADABLE",
        "429, BUDGET_EXHAUSTED, BUDGET_EXHAUSTED, BUDGET_EXHAUSTED",
        "500, PROVIDER_BUSY, PROVIDER_BUSY, CONTENT_UNREADABLE",
        "503, PROVIDER_BUSY, PROVIDER_BUSY, PROVIDER_BUSY"
    })
    void a_status_means(int status, ErrorCode whole, ErrorCode part, ErrorCode content) {
        String body = "{\"data\":{},\"message\":\"x\",\"status\":\"error\"}";
        assertThat(translate(status, body, "list recordings", null, false).code()).isEqualTo(whole);
        assertThat(translate(status, body, "list recordings", "b", false).code()).isEqualTo(part);
        assertThat(translate(status, body, "download recording/1", null, true).code()).isEqualTo(content);
    }

    @Test
    void a_gateways_page_says_nothing_of_the_account() {
        assertThat(translate(404, "<html>", "list recordings", null, false).code()).isEqualTo(ErrorCode.LISTING_UNREADABLE);
        assertThat(translate(500, "<html>", "download recording/1", null, true).code()).isEqualTo(ErrorCode.PROVIDER_BUSY);
    }

    @Test
    void a_span_that_is_too_long_teaches_the_longest() {
        String body = "{\"data\":{\"created_from\":{\"date_range\":{\"message\":\"created_to 9 is more than 604800 seconds from"
                + " created_from 1\",\"cause\":9}}},\"error\":\"400\",\"message\":\"validation error\",\"status\":\"error\"}";

        assertThat(translate(400, body, "list recordings", "b", false).code()).isEqualTo(ErrorCode.LISTING_UNREADABLE);

        assertThat(account.longestSpan("recordings")).isEqualTo(604_800);
        assertThat(Listings.taken(account, "recordings", "/x?created_from=63871286400&created_to=63873878400"))
                .isEqualTo("/x?created_from=63871286400&created_to=63871891200");
        assertThat(account.longestSpan("cdrs")).isNull();
    }

    private ArchiveException translate(int status, String body, String subject, String part, boolean isContent) {
        KazooRequests.Tried tried = new KazooRequests.Tried(
                account, subject, "recordings", part, OWN + "/recordings?page_size=1", isContent, NOW);
        return KazooErrors.translate(answer(status, body), tried, new Tokens.Token(1, TOKEN, NOW));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
