// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as Debian has it. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REQUESTED = Pattern.compile(
            "\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]+)\"");

    private final ChromeDriver driver;
    private final URI home;
    private final List<String> requested = new ArrayList<>();

    Browser(URI home) {
        this.home = home;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // of Chromium: root, as which CI may run, cannot have it
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--lang=en-US");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(DRIVER.toString()))
                .build();
        this.driver = new ChromeDriver(service, options);
        see(1280, false);
    }

    static boolean isThere() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** A screen so many pixels wide, by day or by night. */
    void see(int width, boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    void open(String path) {
        driver.get(home.resolve(path).toString());
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String path() {
        URI now = URI.create(driver.getCurrentUrl());
        return now.getQuery() == null ? now.getPath() : now.getPath() + "?" + now.getQuery();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits, at most a minute. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never " + what + "; " + errors());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Of a page that is there; of one that is only coming nothing is so, in whatever words the driver says that it went away. */
    private boolean isSo(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean() && "complete".equals(run("return document.readyState"));
        } catch (WebDriverException gone) {
            return false;
        }
    }

    /** What the page complained of since this was asked last. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Addresses that pages asked for, so far. */
    List<String> requested() {
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().forEach(entry -> {
            Matcher matcher = REQUESTED.matcher(entry.getMessage());
            while (matcher.find()) {
                requested.add(matcher.group(1));
            }
        });
        return List.copyOf(requested);
    }

    /** What hinders people who do not see or do not use a mouse, where it is serious. */
    List<String> faults() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::fault)
                        .toList();
    }

    private static String fault(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    /** The whole page as a picture, to be looked at. */
    void picture(Path directory, String name) {
        Object height = run("return document.documentElement.scrollHeight");
        Object width = run("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", ((Number) width).intValue() < 600));
        try {
            Files.createDirectories(directory);
            Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
