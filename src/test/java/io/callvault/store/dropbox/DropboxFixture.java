// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import static io.callvault.testing.HttpDoor.cutRequest;
import static io.callvault.testing.HttpDoor.loseAnswer;
import static io.callvault.testing.HttpDoor.silence;

import io.callvault.error.ErrorCode;
import io.callvault.store.StoreFixture;
import io.callvault.testing.HttpDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Dropbox folders for the contract's suite: the top of a user's, and a folder of a team's space. */
public final class DropboxFixture implements StoreFixture {

    private static final Predicate<HttpDoor.Heard> UPLOAD = heard -> heard.target().equals("/2/files/upload");

    private final List<FakeDropbox> fakes = new ArrayList<>();
    private final List<HttpDoor> doors = new ArrayList<>();
    private boolean isTeam;

    @Override
    public List<String> servers() {
        return List.of("user's folder", "team's space");
    }

    @Override
    public void at(String server) {
        isTeam = server.startsWith("team");
    }

    @Override
    public Map<String, String> target(Path scratch) throws IOException {
        return properties(fake(scratch));
    }

    private FakeDropbox fake(Path scratch) throws IOException {
        FakeDropbox fake = new FakeDropbox(Files.createTempDirectory(scratch, "dropbox"));
        fakes.add(fake);
        return fake;
    }

    private HttpDoor door(FakeDropbox fake) {
        HttpDoor door = new HttpDoor(fake.uri());
        doors.add(door);
        return door;
    }

    private Map<String, String> properties(FakeDropbox fake, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "app-key", FakeDropbox.APP_KEY,
                "app-secret", FakeDropbox.APP_SECRET,
                "refresh-token", FakeDropbox.REFRESH_TOKEN,
                "chunk-size", "8MB",
                "server", fake.uri().toString()));
        if (isTeam) {
            properties.putAll(Map.of(
                    "member", FakeDropbox.MEMBER,
                    "namespace", FakeDropbox.TEAM_SPACE,
                    "root", "/Archive of calls/"));
        }
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return properties;
    }

    @Override
    public List<Broken> broken(Path scratch) throws IOException {
        List<Broken> broken = new ArrayList<>();
        broken.add(denied("the refresh token is wrong", properties(fake(scratch), "refresh-token", "hush-wrong")));
        broken.add(denied("the app's secret is wrong", properties(fake(scratch), "app-secret", "hush-wrong")));
        broken.add(denied("there is no such namespace", properties(fake(scratch), "namespace", "1")));
        broken.add(refused(scratch, "the app lacks a permission", 400, "Error in call to API function \"files/upload\":"
                + " Your app (ID: 1) is not permitted to access this endpoint because it does not have the required scope"
                + " 'files.content.write'."));
        broken.add(refused(scratch, "the account is suspended", 401, tag("user_suspended", "")));
        broken.add(refused(
                scratch,
                "the plan does not allow it",
                403,
                tag("invalid_account_type", ",\"invalid_account_type\":{\".tag\":\"feature\"}")));
        broken.add(refused(scratch, "the folder may not be written", 409, path("no_write_permission")));
        return broken;
    }

    static String tag(String tag, String more) {
        return "{\"error_summary\":\"" + tag + "/..\",\"error\":{\".tag\":\"" + tag + "\"" + more + "}}";
    }

    static String path(String reason) {
        return "{\"error_summary\":\"path/" + reason + "/..\",\"error\":{\".tag\":\"path\",\"reason\":{\".tag\":\"" + reason
                + "\"},\"upload_session_id\":\"x\"}}";
    }

    private static Broken denied(String because, Map<String, String> properties) {
        return new Broken(because, properties, ErrorCode.STORE_DENIED);
    }

    private Broken refused(Path scratch, String because, int status, String body) throws IOException {
        return denied(because, properties(fake(scratch).refuse("upload", status, body)));
    }

    @Override
    public List<Passing> passing(Path scratch) throws IOException {
        List<Passing> passing = new ArrayList<>();
        passing.add(behind(scratch, "nobody listens", HttpDoor::shut));
        passing.add(behind(scratch, "nobody answers", door -> door.when(UPLOAD, silence())));
        passing.add(behind(scratch, "the connection is cut in the body", door -> door.when(UPLOAD, cutRequest(100_000))));
        passing.add(behind(scratch, "the answer is lost after all was stored", door -> door.when(UPLOAD, loseAnswer())));
        passing.add(behind(scratch, "no token is to be had", door -> door.when(
                heard -> heard.target().equals("/oauth2/token"), HttpDoor.answer(503, ""))));
        passing.add(during(scratch, "too many writes", 409, path("too_many_write_operations")));
        passing.add(during(scratch, "Dropbox has a bug", 500, ""));
        passing.add(during(scratch, "a proxy answers", 502, "<html>Bad gateway</html>"));
        FakeDropbox damaging = fake(scratch).refuse("upload", 409, tag("content_hash_mismatch", ""));
        passing.add(new Passing(
                "what arrived is not what was sent", properties(damaging), ErrorCode.STORE_NOT_PROVED, damaging::allow));
        return passing;
    }

    private Passing behind(Path scratch, String because, Consumer<HttpDoor> harm) throws IOException {
        FakeDropbox fake = fake(scratch);
        HttpDoor door = door(fake);
        harm.accept(door);
        return new Passing(
                because,
                properties(fake, "server", door.uri().toString(), "timeout", "1s"),
                ErrorCode.STORE_UNREACHABLE,
                door::clear);
    }

    private Passing during(Path scratch, String because, int status, String body) throws IOException {
        FakeDropbox fake = fake(scratch).refuse("upload", status, body);
        return new Passing(because, properties(fake), ErrorCode.STORE_UNREACHABLE, fake::allow);
    }

    @Override
    public Full full(Path scratch, long bytes) throws IOException {
        FakeDropbox fake = fake(scratch);
        fake.space(bytes - 1);
        return new Full(Optional.of(properties(fake)), null);
    }

    /** A session that nobody finishes has no name; Dropbox forgets it after a week. */
    @Override
    public void killDuringPut(String path) {}

    @Override
    public List<String> leftBehind() {
        return List.of();
    }

    @Override
    public boolean isCaseless() {
        return true;
    }

    @Override
    public List<String> deletions() {
        return fakes.stream()
                .flatMap(fake -> fake.asked().stream())
                .map(FakeDropbox.Asked::endpoint)
                .filter(endpoint -> endpoint.contains("delete") || endpoint.contains("move"))
                .toList();
    }

    @Override
    public List<String> secrets() {
        return List.of(FakeDropbox.APP_SECRET, FakeDropbox.REFRESH_TOKEN, "hush-wrong");
    }

    @Override
    public void close() {
        doors.forEach(HttpDoor::close);
        fakes.forEach(FakeDropbox::close);
    }
}
