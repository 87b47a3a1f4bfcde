// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, signed in. Leaves pictures of its pages in {@code target/console}. */
class BrowserTest {

    private static final Path PICTURES = Path.of("target", "console");

    @TempDir
    static Path folder;

    private static House house;
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Browser.isThere(), "skipped: there is no Chromium; apt-get install chromium chromium-driver");
        house = new House(folder, "callvault.console.user.ann.password = " + House.HASH);
        browser = new Browser(house.address);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (house != null) {
            house.close();
        }
    }

    @BeforeEach
    void signIn() {
        browser.see(1280, false);
        browser.open("/");
        if (browser.path().equals("/login")) {
            signIn(House.PASSWORD);
            browser.until("signed in", () -> !browser.path().equals("/login"));
        }
        browser.errors();
    }

    private static void signIn(String password) {
        browser.find("#name").sendKeys("ann");
        browser.find("#password").sendKeys(password);
        browser.find("form.stack button").click();
    }

    /** Nothing went wrong on the page, nothing came from elsewhere, everybody can use it, by day and by night, wide and narrow. */
    private static void assertGood(String name) {
        assertThat(browser.errors()).as(name).isEmpty();
        assertThat(browser.requested())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(house.address + "/")
                        || url.startsWith("data:")
                        || url.startsWith("blob:")
                        || url.startsWith("chrome")
                        || url.startsWith("about:"));
        for (boolean isDark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390}) {
                browser.see(width, isDark);
                assertThat(browser.faults()).as(name).isEmpty();
                assertThat((Boolean) browser.run(
                                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(name + " fits " + width + " pixels")
                        .isTrue();
                browser.picture(PICTURES, name + "-" + width + (isDark ? "-dark" : "-light"));
            }
        }
    }

    @Test
    void a_wrong_password_is_refused_and_the_right_one_taken() {
        browser.find(".out button").click();
        browser.until("signed out", () -> browser.path().equals("/login"));
        browser.open("/customers/acme");
        assertThat(browser.path()).isEqualTo("/login");
        assertGood("login");
        browser.see(1280, false);
        signIn("wrong");
        browser.until("refused", () -> browser.text().contains(Access.REFUSED));
        signIn(House.PASSWORD);
        browser.until("taken", () -> browser.path().equals("/customers/acme"));
    }

    @Test
    void the_overview_draws_its_chart() {
        browser.open("/customers/acme");
        browser.until("drawn", () -> Boolean.TRUE.equals(browser.run(
                "const c = document.querySelector('canvas[data-chart]');"
                        + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v !== 0)")));
        assertGood("overview");
    }

    @Test
    void a_hostile_name_is_found_and_is_text() {
        browser.open("/search");
        browser.find("#q").sendKeys("alert 0142");
        browser.find("form.ask button").click();
        browser.until("found", () -> browser.path().contains("0142"));
        assertThat(browser.text()).contains(House.HOSTILE);
        assertThat(browser.count("table.list tbody tr")).isEqualTo(1);
        assertThat(browser.count("main script, main img")).isZero();
        browser.find("table.list tbody a").click();
        browser.until("opened", () -> browser.path().endsWith("/records/calls/900"));
        assertThat(browser.text()).contains(House.HOSTILE);
        assertGood("hostile");
        browser.open("/search");
        assertGood("search");
    }

    @Test
    void a_recording_plays_and_can_be_sought() {
        browser.open(house.recordWith("audio/mpeg"));
        browser.run("document.querySelector('audio').play()");
        browser.until("playing", () -> time() > 0.2);
        browser.run("const a = document.querySelector('audio'); a.currentTime = a.duration * 0.8; a.play()");
        double sought = ((Number) browser.run("return document.querySelector('audio').duration")).doubleValue() * 0.8;
        browser.until("playing from there", () -> time() > sought + 0.1);
        browser.run("document.querySelector('audio').pause()");
        browser.until("drawn as a wave", () -> browser.count(".wave canvas") > 0);
        assertThat(browser.find("audio").isDisplayed()).isTrue();
        assertGood("recording");
    }

    private static double time() {
        return ((Number) browser.run("return document.querySelector('audio').currentTime")).doubleValue();
    }

    @Test
    void a_fax_is_shown_in_the_page() {
        browser.open(house.recordWith("application/pdf"));
        assertThat(browser.count("iframe.paper")).isEqualTo(1);
        browser.until("asked for", () -> browser.requested().stream().anyMatch(url -> url.contains("/item?name=")));
        assertGood("fax");
    }

    @Test
    void what_was_given_up_is_tried_again_by_a_click() {
        browser.open("/customers/acme/failures");
        assertThat(browser.text()).contains("CONTENT_FORBIDDEN", "What to do");
        assertGood("failures");
        browser.see(1280, false);
        browser.find("form[action$=retry] button").click();
        browser.until("told", () -> browser.text().contains("1 item made due again"));
        assertThat(house.stateOfTheDead()).isEqualTo("due");
        House.kill(house.engine.ledger());
    }

    @Test
    void days_and_forecast_are_shown() {
        for (String page : List.of("days", "forecast")) {
            browser.open("/customers/acme/" + page);
            assertGood(page);
        }
    }
}
