// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.json.ExactJson;
import io.callvault.model.FeedPart;
import io.callvault.model.ListedRecord;
import io.callvault.model.ReleaseMode;
import io.callvault.model.Window;
import io.callvault.provider.Account;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.Removable;
import io.callvault.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final String ACCOUNT = "aaaabbbbccccddddeeeeffff00001111";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://user:s3cret@example.com/calls|https://example.com/calls",
                "ftp://s3cret@example.com|ftp://example.com",
                "https://u:p@ss:s3cret@example.com:8443/a@b.mp3|https://example.com:8443/a@b.mp3",
                "https://example.com/a?X-Amz-Signature=s3cret&X-Amz-Date=1|https://example.com/a?X-Amz-Signature=redacted&X-Amz-Date=redacted",
                "https://example.com/a?s3cret|https://example.com/a?redacted",
                "https://example.com/a?s3cret==|https://example.com/a?redacted",
                "https://example.com/a?sig=s3c=ret/?x;y&&empty=|https://example.com/a?sig=redacted&&redacted",
                "https://example.com/a#access_token=s3cret&b=1|https://example.com/a#access_token=redacted&b=redacted",
                "https://example.com/a?b=1#s3cret|https://example.com/a?b=redacted#redacted",
                "https://example.com?t=s3cret|https://example.com?t=redacted",
                "https://example.com/a?t=s3 cret and more|https://example.com/a?t=redacted",
                "HTTPS://user:s3cret@EXAMPLE.com/A?Sig=S3|HTTPS://EXAMPLE.com/A?Sig=redacted",
                "s3+https://key:s3cret@[2001:db8::1]:9000/b|s3+https://[2001:db8::1]:9000/b",
                "https://proxy.example.com/https://user:s3cret@example.com/a|https://proxy.example.com/https://example.com/a",
                "https://example.com/?to=https://user:s3cret@other.example/|https://example.com/?to=redacted",
            })
    void an_address_keeps_scheme_host_and_path_and_the_names_of_its_parameters(String address, String redacted) {
        assertThat(Redaction.row(row(address))).isEqualTo(row(redacted));
        assertThat(Redaction.row(row(redacted))).as("once more").isEqualTo(row(redacted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://user:s3/cret@example.com/a", "ftp://user:s3?cret@example.com/a", "ftp://u:s3#cret@example.com"})
    void an_address_that_cannot_be_told_from_its_password_goes_whole(String address) {
        assertThat(Redaction.row(row(address))).isEqualTo(row("ftp://redacted"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com:8443/calls/call_recording_abc@203.0.113.7.mp3",
                "https://example.com",
                "https://[2001:db8::1]/a@b",
                "1001@acme.example",
                "sip:1001@acme.example;transport=tls?a=b",
                "user:password?x=y",
                "C:\\\\calls?x=1",
                "What? see https://example.com/?page=1",
                "://x@y?z=1",
                "",
            })
    void anything_else_stays(String value) {
        assertThat(Redaction.row(row(value))).isEqualTo(row(value));
    }

    @Test
    void every_member_is_looked_at_and_what_is_no_address_keeps_its_bytes() {
        String raw = "{\"id\":\"1\",\"n\":1.10,\"x\":{\"deep\":[1e2,\"https:\\/\\/u:s3cret@example.com\\/\\u0061?t=s3cret\",{\"url\":"
                + "\"http\\u003a//u\\u0040example.com/\"}]},\"https://u:p@example.com\":\"a\\/b\"}";

        assertThat(Redaction.row(raw))
                .isEqualTo("{\"id\":\"1\",\"n\":1.10,\"x\":{\"deep\":[1e2,\"https:\\/\\/example.com\\/\\u0061?t=redacted\",{\"url\":"
                        + "\"http\\u003a//example.com/\"}]},\"https://u:p@example.com\":\"a\\/b\"}");
    }

    @Test
    void a_recording_is_listed_without_what_its_push_address_held_and_asked_for_as_ever() {
        ListedRecord record = listed("recordings", "{\"id\":\"202401-1\",\"url\":\"https://u:s3cret@example.com/in?sig=s3cret\"}");

        assertThat(record.raw()).isEqualTo("{\"id\":\"202401-1\",\"url\":\"https://example.com/in?sig=redacted\"}");
        assertThat(record.items())
                .singleElement()
                .satisfies(item ->
                        assertThat(item.uri()).isEqualTo("/v2/accounts/" + ACCOUNT + "/recordings/202401-1"));
    }

    @Test
    void a_signature_that_changes_makes_no_new_revision_and_another_place_does() {
        String first = listed("cdrs", cdr("https://example.com/1.mp3?sig=s3cret-1")).raw();
        String second = listed("cdrs", cdr("https://example.com/1.mp3?sig=s3cret-2")).raw();
        String moved = listed("cdrs", cdr("https://example.com/2.mp3?sig=s3cret-2")).raw();

        assertThat(ExactJson.sha256(second)).isEqualTo(ExactJson.sha256(first));
        assertThat(ExactJson.sha256(moved)).isNotEqualTo(ExactJson.sha256(first));
    }

    @Test
    void a_row_that_cannot_be_read_is_kept_without_secrets_too_and_under_one_name() {
        ListedRecord first = listed("recordings", "{\"url\":\"https://u:s3cret-1@example.com/\"}");
        ListedRecord second = listed("recordings", "{\"url\":\"https://u:s3cret-2@example.com/\"}");

        assertThat(first.unreadable()).isNotNull();
        assertThat(first.raw()).doesNotContain("s3cret");
        assertThat(second.id()).isEqualTo(first.id());
    }

    @Test
    void in_a_refusal_every_address_is_redacted_wherever_it_stands() {
        assertThat(Redaction.refusal(
                        "{\"data\":{\"cause\":\"PUT https:\\/\\/u:s3cret@example.com/a?sig=s3cret failed, see <https://h/?t=s3cret>\"}}"))
                .isEqualTo("{\"data\":{\"cause\":\"PUT https:\\/\\/example.com/a?sig=redacted failed, see <https://h/?t=redacted>\"}}");
    }

    @Test
    void why_something_was_not_given_up_is_told_without_secrets() {
        List<Removable> things = Stream.of("202401-1", "202401-2")
                .map(id -> new Removable("recording/" + id, id, null, "/v2/accounts/" + ACCOUNT + "/recordings/" + id))
                .toList();
        String body = "{\"data\":{\"failure\":{\"202401-2\":{\"message\":\"PUT https://u:s3cret@example.com/ failed\"}},"
                + "\"success\":{\"202401-1\":{\"soft_delete\":{}}}}}";

        assertThat(KazooRemovals.notRemoved(ReleaseMode.SOFT_DELETE, things, body.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(Map.entry("recording/202401-2", "PUT https://example.com/ failed"));
    }

    private static String cdr(String url) {
        return "{\"id\":\"202401-1\",\"recording_url\":\"" + url + "\"}";
    }

    private static String row(String value) {
        return "{\"a\":1,\"url\":\"" + value + "\",\"b\":\"\"}";
    }

    private static ListedRecord listed(String feed, String row) {
        Kazoo kazoo = new Kazoo(new ProviderParts(new SettableClock(Instant.EPOCH), null, null, null));
        kazoo.open(new Account(
                "acme",
                Map.of(
                        "server", List.of("https://api.example.com"),
                        "account", List.of(ACCOUNT),
                        "api-key", List.of("k"),
                        "accounts", List.of("self"))));
        byte[] page = ("{\"data\":[ " + row + " ],\"status\":\"success\"}").getBytes(StandardCharsets.UTF_8);
        FeedPart whole = FeedPart.whole("acme", feed);
        String address = kazoo.firstPage(whole, new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
        return kazoo.read(whole, address, page).records().get(0);
    }
}
