package cn.tiaoxi.platform.rule;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.CelVariableResolver;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over a set of variables. An expression can only read its variables: it has
 * no side effects, ends after a bounded number of steps, and its regular expressions take linear
 * time (RE2).
 */
final class Expressions {
    private static final int MOST_ITERATIONS = 100_000;
    private static final int LONGEST_EXPRESSION = 4_000;

    /**
     * Loops in each other multiply what an expression costs, and names bound in each other what its
     * texts hold; no rule of a city needs more.
     */
    private static final int MOST_NESTED = 3;

    private final Cel cel;

    /** An expression is wrong at a place. */
    static final class Wrong extends Exception {
        Wrong(String message, Throwable cause) {
            super(message, cause);
        }

        Wrong(String message) {
            super(message);
        }
    }

    /** A compiled expression. */
    record Compiled(CelRuntime.Program program) {

        /**
         * @throws Wrong if it fails over these facts
         */
        @Nullable Object evaluate(CelVariableResolver facts) throws Wrong {
            try {
                return program.eval(facts);
            } catch (CelEvaluationException | RuntimeException e) {
                throw new Wrong(String.valueOf(e.getMessage()), e);
            }
        }
    }

    Expressions(Set<String> variables) {
        CelBuilder builder =
                CelFactory.plannerCelBuilder()
                        .setOptions(
                                CelOptions.current()
                                        .comprehensionMaxIterations(MOST_ITERATIONS)
                                        .maxExpressionCodePointSize(LONGEST_EXPRESSION)
                                        .enableHeterogeneousNumericComparisons(true)
                                        .build())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setStandardFunctions(
                                CelStandardFunctions.newBuilder()
                                        .excludeFunctions(StandardFunction.MATCHES)
                                        .build())
                        .addFunctionBindings(RegularExpressions.bindings())
                        .addCompilerLibraries(
                                CelExtensions.strings(),
                                CelExtensions.bindings(),
                                CelExtensions.lists())
                        .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.lists())
                        .addVar("now", SimpleType.TIMESTAMP);
        variables.forEach(v -> builder.addVar(v, SimpleType.DYN));
        this.cel = builder.build();
    }

    /** Compiles an expression that is true or false. */
    Compiled condition(String expression) throws Wrong {
        return compile(expression, SimpleType.BOOL);
    }

    /** Compiles an expression that is a list. */
    Compiled list(String expression) throws Wrong {
        return compile(expression, ListType.create(SimpleType.DYN));
    }

    /** Compiles an expression of any type. */
    Compiled any(String expression) throws Wrong {
        return compile(expression, SimpleType.DYN);
    }

    private Compiled compile(String expression, CelType wanted) throws Wrong {
        CelValidationResult checked = cel.compile(expression);
        try {
            if (checked.hasError()) {
                throw new Wrong(inWords(checked.getErrors().getFirst()));
            }
            CelAbstractSyntaxTree tree = checked.getAst();
            if (!wanted.isAssignableFrom(tree.getResultType())
                    && !tree.getResultType().equals(SimpleType.DYN)) {
                throw new Wrong(
                        "the result must be %s, not %s"
                                .formatted(wanted.name(), tree.getResultType().name()));
            }
            if (depth(CelNavigableAst.fromAst(tree).getRoot()) > MOST_NESTED) {
                throw new Wrong(
                        "loops stand more than %d deep in each other".formatted(MOST_NESTED));
            }
            return new Compiled(cel.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new Wrong(String.valueOf(e.getMessage()), e);
        }
    }

    /** How many loops stand in each other; a name bound to a value counts as one too. */
    private static int depth(CelNavigableExpr node) {
        int deepest = node.children().mapToInt(Expressions::depth).max().orElse(0);
        return node.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION ? deepest + 1 : deepest;
    }

    /** The compiler counts lines from 1 and columns from 0; people count both from 1. */
    private static String inWords(CelIssue issue) {
        var place = issue.getSourceLocation();
        return "line %d, column %d: %s"
                .formatted(place.getLine(), place.getColumn() + 1, issue.getMessage());
    }
}
