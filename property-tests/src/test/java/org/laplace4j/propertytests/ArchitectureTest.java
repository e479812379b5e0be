package org.laplace4j.propertytests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The shape of the library, as sentences: who knows whom, and what a class may be. */
@AnalyzeClasses(packages = "org.laplace4j", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String LINALG = "org.laplace4j.linalg..";
  private static final String KERNEL = "org.laplace4j.linalg.kernel..";
  private static final String PROPERTY_TESTS = "org.laplace4j.propertytests..";

  @ArchTest
  static final ArchRule modulesUseOnlyWhatIsBelowThem = layeredArchitecture()
      .consideringOnlyDependenciesInLayers()
      .withOptionalLayers(true)
      .layer("linalg")
      .definedBy(LINALG)
      .layer("autodiff")
      .definedBy("org.laplace4j.autodiff..")
      .layer("nn")
      .definedBy("org.laplace4j.nn..")
      .layer("laplace")
      .definedBy("org.laplace4j.laplace..")
      .layer("interop")
      .definedBy("org.laplace4j.interop..")
      .layer("property-tests")
      .definedBy(PROPERTY_TESTS)
      .whereLayer("linalg")
      .mayNotAccessAnyLayer()
      .whereLayer("autodiff")
      .mayOnlyAccessLayers("linalg")
      .whereLayer("nn")
      .mayOnlyAccessLayers("autodiff", "linalg")
      .whereLayer("laplace")
      .mayOnlyAccessLayers("nn", "autodiff", "linalg")
      .whereLayer("interop")
      .mayOnlyAccessLayers("laplace", "nn", "autodiff", "linalg");

  @ArchTest
  static final ArchRule theVectorModuleIsSeenByTheKernelsAlone = noClasses()
      .that()
      .resideOutsideOfPackage(KERNEL)
      .should()
      .dependOnClassesThat()
      .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule otherLibrariesNumbersAreSeenByTestsAlone = noClasses()
      .that()
      .resideOutsideOfPackage(PROPERTY_TESTS)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.ejml..", "org.apache.commons.math3..");

  @ArchTest
  static final ArchRule noPublicSignatureNamesAnotherLibrarysNumbers = classes()
      .that()
      .arePublic()
      .should(PublicSignatures.notName(
          "org.ejml..", "org.apache.commons.math3..", "jdk.incubator.vector.."));

  @ArchTest
  static final ArchRule kernelsAreUsedInsideLinalgAlone = classes()
      .that()
      .resideInAPackage(KERNEL)
      .should()
      .onlyHaveDependentClassesThat()
      .resideInAnyPackage(LINALG, PROPERTY_TESTS);

  @ArchTest
  static final ArchRule aNameSaysWhatAClassIs = noClasses()
      .should()
      .haveNameMatching(".*[.$](\\w*(Utils?|Impl|Manager|Helper)|Abstract\\w*)")
      .orShould()
      .resideInAPackage("..util..");

  @ArchTest
  static final ArchRule classesAreFinalOrInterfaces = classes()
      .that()
      .areNotInterfaces()
      .and()
      .areNotEnums()
      .and()
      .areNotAnonymousClasses()
      .should()
      .haveModifier(FINAL)
      .andShould()
      .notHaveModifier(ABSTRACT);

  @ArchTest
  static final ArchRule noFieldIsOpenToSubclasses = noFields().should().beProtected();

  @ArchTest
  static final ArchRule nothingHidesInAThread =
      noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

  @ArchTest
  static final ArchRule randomnessIsAnArgument = noClasses()
      .should()
      .dependOnClassesThat()
      .belongToAnyOf(Random.class, ThreadLocalRandom.class)
      .orShould()
      .callMethod(Math.class, "random")
      .orShould()
      .callMethod(RandomGenerator.class, "getDefault");

  @ArchTest
  static final ArchRule aLibraryDoesNotPrint =
      noClasses().that().resideOutsideOfPackage(PROPERTY_TESTS).should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule usersMayAddOpsModulesLikelihoodsSubsetsStructuresAndSources = classes()
      .that()
      .areInterfaces()
      .and(named("Op", "Module", "Likelihood", "WeightSubset", "Structure", "CurvatureSource"))
      .should()
      .bePublic()
      .andShould(PublicSignatures.beOpen());

  @ArchTest
  static final ArchRule theFormsOfRowsOperatorsAndPriorsAreKnownAndPublic = classes()
      .that()
      .areAssignableTo(named("Rows", "SpdOperator", "Prior"))
      .should()
      .bePublic()
      .andShould(PublicSignatures.beSealedOrFinal());

  private static DescribedPredicate<JavaClass> named(String... names) {
    return describe(
        "one of " + String.join(", ", names),
        type -> type.getPackageName().startsWith("org.laplace4j")
            && Set.of(names).contains(type.getSimpleName()));
  }
}
