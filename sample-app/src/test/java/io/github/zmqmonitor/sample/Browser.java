package io.github.zmqmonitor.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium with a profile of its own, which is deleted with it. Nothing is
 * ever downloaded.
 */
final class Browser implements AutoCloseable {

	private static final File BROWSER = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private final Path directory;

	private final ChromeDriver driver;

	private Browser(Path directory) {
		this.directory = directory;
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--hide-scrollbars", "--user-data-dir=" + directory.resolve("profile"));
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER)
			.usingAnyFreePort()
			.withEnvironment(Map.of("HOME", directory.toString(), "TMPDIR", directory.toString()))
			.build();
		this.driver = new ChromeDriver(service, options);
	}

	/**
	 * Start a browser; where it is not installed the test is skipped, or fails if peers
	 * are required.
	 */
	static Browser start() throws IOException {
		Needs.that(BROWSER.canExecute() && DRIVER.canExecute(), "a browser (Debian's chromium and chromium-driver)");
		Browser browser = new Browser(Files.createTempDirectory("browser"));
		Runtime.getRuntime().addShutdownHook(new Thread(browser::closeQuietly));
		return browser;
	}

	Browser open(String address) {
		this.driver.get(address);
		return this;
	}

	/**
	 * Emulate a screen of this size.
	 */
	Browser size(int width, int height, boolean phone) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
		return this;
	}

	/**
	 * Emulate a preference of the user, such as {@code prefers-color-scheme: dark}.
	 */
	Browser prefer(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", feature, "value", value))));
		return this;
	}

	Browser press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
		return this;
	}

	Browser tab() {
		return press(Keys.TAB);
	}

	/**
	 * Return the value of an expression in JavaScript.
	 */
	@SuppressWarnings({ "unchecked", "NullAway" })
	<T> T evaluate(String expression, Object... arguments) {
		return (T) this.driver.executeScript("return " + expression, arguments);
	}

	/**
	 * Return what the console has got since the last call.
	 */
	List<String> console() {
		return this.driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
	}

	/**
	 * Write a picture of what is on the screen.
	 */
	void draw(Path file) throws IOException {
		Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
	}

	/** Where tests are interrupted, no browser stays either. */
	private void closeQuietly() {
		try {
			close();
		}
		catch (Exception ex) {
			// Nobody is left to be told.
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.driver.quit();
		}
		finally {
			FileSystemUtils.deleteRecursively(this.directory);
		}
	}

}
