// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.TryAgainException;
import io.callvault.model.ItemKey;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

    private static final ItemKey ITEM = new ItemKey("acme", "recording/9900112233005");
    private static final byte[] MEDIA = media(200_000);

    @TempDir
    Path directory;

    private Spool spool;
    private Download download;

    @BeforeEach
    void begin() {
        spool = new Spool(directory);
        download = new Download(spool, ITEM, null, true);
    }

    @Test
    void a_whole_answer_is_counted_hashed_and_recognised() throws IOException {
        assertThat(whole(MEDIA, "application/octet-stream")).isTrue();
        SpoolFile file = download.whole();
        assertThat(Files.readAllBytes(file.path())).isEqualTo(MEDIA);
        assertThat(file.length()).isEqualTo(MEDIA.length);
        assertThat(file.sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
        assertThat(file.type()).isEqualTo("audio/mpeg");
        assertThat(names()).containsExactly(file.name());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_stored_elsewhere_under_the_same_bytes_is_not_touched(boolean isFirst) throws IOException {
        Path spooled = Files.write(spool.whole(ITEM), media(300_000));
        Path stored = Files.createLink(directory.resolve("stored"), spooled);
        download = new Download(spool, ITEM, null, isFirst);
        assertThat(whole(MEDIA, "audio/mpeg")).isTrue();
        assertThat(Files.readAllBytes(stored)).isEqualTo(media(300_000));
        assertThat(Files.readAllBytes(download.whole().path())).isEqualTo(MEDIA);
    }

    @Test
    void a_file_that_somebody_knows_is_there_until_another_is_proved() throws IOException {
        Files.write(spool.whole(ITEM), media(300_000));
        download = new Download(spool, ITEM, null, false);
        assertThat(part(0, 99_999)).isFalse();
        assertThat(Files.readAllBytes(spool.whole(ITEM))).isEqualTo(media(300_000));
        assertThat(part(100_000, MEDIA.length - 1)).isTrue();
        assertThat(Files.readAllBytes(spool.whole(ITEM))).isEqualTo(MEDIA);
        assertThat(names()).containsExactly(download.whole().name());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_what_did_not_become_whole_nothing_is_left(boolean isFirst) throws IOException {
        spool.room().take(ITEM, 200_000L);
        download = new Download(spool, ITEM, null, isFirst);
        assertThat(part(0, 99_999)).isFalse();
        spool.settle(ITEM, isFirst);
        assertThat(names()).isEmpty();
    }

    @Test
    void a_length_that_is_not_announced_is_no_fault() {
        assertThat(download.take(200, null, null, "audio/mpeg", stream(MEDIA))).isTrue();
        assertThat(download.whole().length()).isEqualTo(MEDIA.length);
    }

    @Test
    void the_stream_is_closed_in_any_case() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream body = new FilterInputStream(stream("<html>")) {
            @Override
            public void close() throws IOException {
                closed.set(true);
                super.close();
            }
        };
        fails(ErrorCode.CONTENT_NOT_MEDIA, () -> download.take(200, 6L, null, null, body));
        assertThat(closed).isTrue();
    }

    // --- parts ------------------------------------------------------------------------------------------------------

    @Test
    void a_part_with_everything_that_nobody_asked_for_is_taken() {
        assertThat(part(0, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void an_item_that_comes_in_parts_is_put_together() {
        assertThat(part(0, 99_999)).isFalse();
        assertThat(download.received()).isEqualTo(100_000);
        assertThat(download.whole()).isNull();
        assertThat(part(100_000, 150_000)).isFalse();
        assertThat(part(150_001, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
        assertThat(download.whole().type()).isEqualTo("audio/mpeg");
    }

    @Test
    void what_a_cut_connection_brought_is_kept_and_continued() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, (long) MEDIA.length, null, "audio/mpeg", cut(70_000)));
        assertThat(download.received()).isEqualTo(70_000);
        assertThat(part(70_000, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void an_answer_that_ends_early_without_a_word_is_continued_too() {
        fails(
                ErrorCode.CONTENT_SHORT,
                () -> download.take(200, (long) MEDIA.length, null, "audio/mpeg", stream(Arrays.copyOf(MEDIA, 1000))));
        assertThat(part(1000, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void a_continued_part_may_be_cut_again() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, null, null, "audio/mpeg", cut(10)));
        byte[] rest = Arrays.copyOfRange(MEDIA, 10, 5000);
        fails(
                ErrorCode.CONTENT_SHORT,
                () -> download.take(206, (long) MEDIA.length - 10, range(10, MEDIA.length - 1), "audio/mpeg", stream(rest)));
        assertThat(download.received()).isEqualTo(5000);
        assertThat(part(5000, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void a_range_that_is_ignored_begins_anew() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, (long) MEDIA.length, null, "audio/mpeg", cut(70_000)));
        assertThat(whole(MEDIA, "audio/mpeg")).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void a_part_from_the_beginning_replaces_what_came_before() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, (long) MEDIA.length, null, "audio/mpeg", cut(70_000)));
        assertThat(part(0, MEDIA.length - 1)).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void a_range_that_is_said_not_to_exist_begins_anew() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, (long) MEDIA.length, null, "audio/mpeg", cut(70_000)));
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(416, 0L, "bytes */" + MEDIA.length, null, stream("")));
        assertThat(download.received()).isZero();
        assertThat(whole(MEDIA, "audio/mpeg")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes */200000",
                "bytes 5-200000",
                "bytes 6-99/200000",
                "bytes 4-99/200000",
                "bytes 9-5/200000",
                "bytes 5-99/*",
                "bytes 5-99/300000",
                "items 5-99/200000",
                "bytes 5-99999999999999999999/200000",
            })
    void a_part_that_is_not_the_one_asked_for_begins_anew(String contentRange) {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, 200_000L, null, "audio/mpeg", cut(5)));
        fails(
                ErrorCode.CONTENT_SHORT,
                () -> download.take(206, null, contentRange, "audio/mpeg", stream(Arrays.copyOfRange(MEDIA, 5, 100))));
        assertThat(download.received()).isZero();
        assertThat(whole(MEDIA, "audio/mpeg")).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @ParameterizedTest
    @CsvSource({"0-199/100,200", "0-99/100,200", "0-199/200,100"})
    void a_part_that_contradicts_itself_is_never_whole(String range, int length) {
        byte[] bytes = Arrays.copyOf(MEDIA, length);
        fails(
                ErrorCode.CONTENT_SHORT,
                () -> download.take(206, (long) length, "bytes " + range, "audio/mpeg", stream(bytes)));
        assertThat(download.whole()).isNull();
    }

    @Test
    void more_than_was_announced_is_never_whole() {
        fails(ErrorCode.CONTENT_SHORT, () -> download.take(200, 10L, null, "audio/mpeg", stream(MEDIA)));
        assertThat(download.whole()).isNull();
    }

    // --- what is not media ------------------------------------------------------------------------------------------

    @Test
    void nothing_is_never_media() {
        fails(ErrorCode.CONTENT_EMPTY, () -> whole(new byte[0], "audio/mpeg"));
        fails(ErrorCode.CONTENT_EMPTY, () -> download.take(200, null, null, "audio/mpeg", stream("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html></html>",
                "\n\t <HTML><body>Please sign in",
                "<?xml version='1.0'?><Error/>",
                "<!-- cached --><p>",
                "<error code='1'/>",
                "<ns:fault xmlns:ns='x'>",
                "\ufeff<!doctype html>",
                "{\"message\":\"try later\"}",
                "{}",
                "[]",
                "[{\"a\":1}]",
                " { \"errorCode\" : \"CMN-102\" }",
                "\ufeff{\"a\":1}",
            })
    void a_page_in_place_of_media_is_refused_whatever_its_type_says(String body) {
        for (String type : new String[] {"audio/mpeg", "text/html", "text/html;charset=utf-8", "application/json", null}) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            fails(ErrorCode.CONTENT_NOT_MEDIA, () -> whole(bytes, type));
        }
        assertThat(download.received()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void a_page_in_wide_letters_is_refused_too(String charset) {
        for (String page : new String[] {"\ufeff<html>", "\ufeff{\"a\":1}"}) {
            byte[] bytes = page.getBytes(Charset.forName(charset));
            fails(ErrorCode.CONTENT_NOT_MEDIA, () -> whole(bytes, "audio/mpeg"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain; charset=utf-8", "application/json", "application/xml", "TEXT/HTML"})
    void a_text_whose_bytes_tell_nothing_is_refused_when_its_type_tells(String type) {
        fails(ErrorCode.CONTENT_NOT_MEDIA, () -> whole("Please sign in".getBytes(StandardCharsets.UTF_8), type));
    }

    @Test
    void media_under_the_type_of_a_page_is_media() {
        assertThat(whole(MEDIA, "text/html")).isTrue();
        assertThat(download.whole().type()).isEqualTo("audio/mpeg");
    }

    @Test
    void after_a_page_came_the_next_try_begins_at_the_first_byte() {
        fails(ErrorCode.CONTENT_NOT_MEDIA, () -> whole("<html>".getBytes(StandardCharsets.UTF_8), "text/html"));
        assertThat(download.received()).isZero();
        assertThat(whole(MEDIA, "audio/mpeg")).isTrue();
        assertThat(download.whole().sha256()).isEqualTo(SpoolFile.sha256(MEDIA));
    }

    @Test
    void a_part_that_was_announced_as_text_may_look_like_text() {
        download = new Download(spool, ITEM, "text/html", true);
        byte[] bytes = "<html>a fax cover</html>".getBytes(StandardCharsets.UTF_8);
        assertThat(whole(bytes, "text/html; charset=utf-8")).isTrue();
        assertThat(download.whole().type()).isEqualTo("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "application/smil", "text/x-vcard"})
    void a_part_that_was_announced_as_markup_may_look_like_markup(String type) {
        download = new Download(spool, ITEM, type, true);
        byte[] svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8);

        assertThat(whole(svg, type)).isTrue();
        assertThat(download.whole().type()).isEqualTo(type);
    }

    @Test
    void an_announced_text_is_refused_when_the_answer_is_of_another_type() {
        download = new Download(spool, ITEM, "text/plain", true);
        fails(
                ErrorCode.CONTENT_NOT_MEDIA,
                () -> whole("<html>sign in</html>".getBytes(StandardCharsets.UTF_8), "text/html"));
        fails(ErrorCode.CONTENT_NOT_MEDIA, () -> whole("sign in".getBytes(StandardCharsets.UTF_8), "text/html"));
    }

    @ParameterizedTest
    @CsvSource({
        "audio/wav, 524946462400000057415645666d7420",
        "audio/mpeg, 49443303000000000000",
        "audio/mpeg, fffb90640000",
        "audio/mpeg, fff384c40000",
        "application/pdf, 255044462d312e340a",
        "audio/ogg, 4f67675300020000",
        "audio/amr, 2321414d520a",
        "video/mp4, 00000018667479706d703432",
        "video/3gpp, 000000146674797033677035",
        "image/jpeg, ffd8ffe000104a464946",
        "image/png, 89504e470d0a1a0a",
        "image/gif, 474946383961",
        "image/tiff, 49492a0008000000",
        "image/tiff, 4d4d002a00000008",
    })
    void media_is_known_by_its_first_bytes(String type, String hex) {
        assertThat(MediaType.of(HexFormat.of().parseHex(hex))).isEqualTo(type);
    }

    @Test
    void bytes_that_tell_nothing_are_what_the_provider_says() {
        byte[] bytes = {1, 2, 3, 4, 5};
        assertThat(whole(bytes, "Audio/X-Strange; rate=8000")).isTrue();
        assertThat(download.whole().type()).isEqualTo("audio/x-strange");
        download = new Download(spool, ITEM, "audio/announced", true);
        assertThat(whole(bytes, "audio/x-strange")).isTrue();
        assertThat(download.whole().type()).isEqualTo("audio/announced");
        download = new Download(spool, ITEM, null, true);
        assertThat(whole(bytes, null)).isTrue();
        assertThat(download.whole().type()).isEqualTo("application/octet-stream");
    }

    // --- helpers ----------------------------------------------------------------------------------------------------

    private boolean whole(byte[] bytes, String type) {
        return download.take(200, (long) bytes.length, null, type, stream(bytes));
    }

    private boolean part(int first, int last) {
        byte[] bytes = Arrays.copyOfRange(MEDIA, first, last + 1);
        return download.take(206, (long) bytes.length, range(first, last), "audio/mpeg", stream(bytes));
    }

    private static String range(int first, int last) {
        return "bytes " + first + "-" + last + "/" + MEDIA.length;
    }

    private void fails(ErrorCode code, ThrowingCallable taking) {
        assertThatThrownBy(taking)
                .isInstanceOfSatisfying(
                        TryAgainException.class,
                        thrown -> assertThat(thrown.code()).isEqualTo(code))
                .hasMessageStartingWith("Tried to download recording/9900112233005 of customer acme but ");
    }

    private Stream<String> names() throws IOException {
        return Files.list(directory.resolve("acme")).map(file -> file.getFileName().toString());
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream stream(String text) {
        return stream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first bytes, then a failure of the connection. */
    private static InputStream cut(int after) {
        InputStream failure = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        return new SequenceInputStream(stream(Arrays.copyOf(MEDIA, after)), failure);
    }

    private static byte[] media(int length) {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 3);
        return bytes;
    }
}
