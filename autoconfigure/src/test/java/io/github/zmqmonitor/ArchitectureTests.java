package io.github.zmqmonitor;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	static final String BASE = "io.github.zmqmonitor";

	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	@Test
	void dependenciesPointDownToTheMonitor() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("monitor")
			.definedBy(BASE + ".monitor")
			.layer("libzmq")
			.definedBy(BASE + ".libzmq")
			.layer("metrics")
			.definedBy(BASE + ".metrics")
			.layer("health")
			.definedBy(BASE + ".health")
			.layer("endpoint")
			.definedBy(BASE + ".actuate.endpoint")
			.layer("events")
			.definedBy(BASE + ".events")
			.layer("autoconfigure")
			.definedBy(BASE + ".autoconfigure..")
			.whereLayer("autoconfigure")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("libzmq")
			.mayOnlyBeAccessedByLayers("metrics", "autoconfigure")
			.whereLayer("events")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("metrics")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("health")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("endpoint")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.check(CLASSES);
	}

	@Test
	void theMonitorKnowsNeitherBootNorMicrometer() {
		noClasses().that()
			.resideInAPackage(BASE + ".monitor")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "io.micrometer..", "org.springframework.context..")
			.check(CLASSES);
	}

	@Test
	void theReceiverKnowsTheMonitorAndJeromqOnly() {
		classes().that()
			.resideInAPackage(BASE + ".libzmq")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(BASE + ".libzmq", BASE + ".monitor", "org.zeromq..", "zmq..", "java..",
					"org.apache.commons.logging..", "org.jspecify..")
			.check(CLASSES);
	}

	@Test
	void viewsKnowOnlyWhatTheyShowItTo() {
		noClasses().that()
			.resideInAPackage(BASE + ".metrics")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..")
			.check(CLASSES);
		noClasses().that()
			.resideInAnyPackage(BASE + ".health", BASE + ".actuate..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer..", "org.springframework.boot.autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
			.allSatisfy((it) -> assertThat(it.isAnnotatedWith(NullMarked.class)).as(it.getName()).isTrue());
	}

	@Test
	void publicClassesAreThoseThatUsersNeed() {
		classes().that()
			.arePublic()
			.and()
			.areTopLevelClasses()
			.and()
			.resideOutsideOfPackage(BASE + ".internal..")
			.should()
			.haveSimpleNameStartingWith("Zmq")
			.orShould()
			.haveSimpleName("UnknownFilterException")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreFinalAndTheirBeansHidden() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.check(CLASSES);
		methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
		methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(DescribedPredicate.describe("a bean post-processor",
					(type) -> type.isAssignableTo(BeanPostProcessor.class)))
			.should()
			.beStatic()
			.check(CLASSES);
	}

	@Test
	void importsAreSortedAndComplete() throws Exception {
		List<String> imports;
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				getClass().getResourceAsStream(
						"/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports"),
				StandardCharsets.UTF_8))) {
			imports = reader.lines().toList();
		}
		assertThat(imports).isSorted()
			.containsExactlyInAnyOrderElementsOf(CLASSES.stream()
				.filter((it) -> it.isAnnotatedWith(AutoConfiguration.class))
				.map(JavaClass::getName)
				.toList());
	}

}
