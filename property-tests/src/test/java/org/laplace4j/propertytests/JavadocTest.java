package org.laplace4j.propertytests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Everything a user can call says what it is. javac's own lint cannot ask this alone: with it come
 * {@code @param} and {@code @return} for every formula.
 */
class JavadocTest {

  @Test
  void everyPublicDeclarationHasAComment() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(
          Checkout.mainSources("linalg", "autodiff", "nn", "laplace", "interop"));
      var task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
      var uncommented = new Uncommented(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) uncommented.scan(unit, null);
      assertThat(uncommented.declarations).isEmpty();
    }
  }

  /** Walks what is visible, and notes where no comment stands. */
  private static final class Uncommented extends TreePathScanner<Void, Void> {
    private final DocTrees comments;
    private final List<String> declarations = new ArrayList<>();

    private Uncommented(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isVisible(type.getModifiers())) return null;
      note(type.getSimpleName());
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (isVisible(method.getModifiers()) && !overrides(method) && !isOfARecord(method)) {
        note(method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void nothing) {
      if (isVisible(field.getModifiers())) note(field.getName());
      return null;
    }

    private void note(CharSequence name) {
      if (comments.getDocComment(getCurrentPath()) == null) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long at = comments
            .getSourcePositions()
            .getStartPosition(unit, getCurrentPath().getLeaf());
        declarations.add(unit.getPackageName() + "." + owner() + name + " (line "
            + unit.getLineMap().getLineNumber(at) + ")");
      }
    }

    private String owner() {
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      return parent instanceof ClassTree type ? type.getSimpleName() + "." : "";
    }

    private boolean isVisible(ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      boolean inInterface = parent.getLeaf().getKind() == Kind.INTERFACE;
      if (inInterface) return !modifiers.getFlags().contains(Modifier.PRIVATE);
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || modifiers.getFlags().contains(Modifier.PROTECTED);
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    /** The constructor of a record checks what the record's own comment describes. */
    private boolean isOfARecord(MethodTree method) {
      return method.getName().contentEquals("<init>")
          && getCurrentPath().getParentPath().getLeaf().getKind() == Kind.RECORD;
    }
  }
}
