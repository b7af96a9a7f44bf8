//! Variables are checked against their declared types before execution, as the GraphQL specification asks.
//!
//! The engine reads a variable only where it is used, in the middle of execution; a wrong one would then be an error of
//! a field, and what came before it would be done. What a scalar of the schema's own may be, the schema says. Variables that the operation does not declare are dropped.

use async_graphql::{
    Value, Variables,
    parser::types::{BaseType, OperationDefinition, Type},
};

use super::{
    code::{Code, Refusal},
    cost::check_list,
    graph::ScalarFault,
    limits::Limits,
    shape::Shape,
    type_shape::TypeShape,
};

/// Checks every declared variable and keeps no other.
pub fn check(
    operation: &OperationDefinition,
    given: Variables,
    shape: &Shape,
    scalar_fault: ScalarFault,
    limits: &Limits,
) -> Result<Variables, Refusal> {
    let mut given = given;
    let mut kept = Variables::default();
    for definition in &operation.variable_definitions {
        let name = &definition.node.name.node;
        let of = &definition.node.var_type.node;
        let wrong = |sentence: String| Refusal::of_document(Code::BadVariables, sentence).at([definition.pos]);
        match given.remove(name) {
            None if definition.node.default_value.is_some() || of.nullable => {}
            None => {
                return Err(wrong(format!("The variable `${name}` of type `{of}` is required.")));
            }
            Some(value) => {
                check_sizes(&value, limits)?;
                if has_nul(&value) {
                    return Err(wrong(format!("The variable `${name}` has a text with the character U+0000, which no text may have.")));
                }
                check_value(&value, of, shape, scalar_fault, &mut format!("${name}")).map_err(wrong)?;
                kept.insert(name.clone(), value);
            }
        }
    }
    Ok(kept)
}

/// Whether any text has the one character that databases don't keep.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(list) => list.iter().any(has_nul),
        Value::Object(object) => object.values().any(has_nul),
        _ => false,
    }
}

/// The recursion is bounded by the JSON reader, which refuses more than 128 levels.
fn check_sizes(value: &Value, limits: &Limits) -> Result<(), Refusal> {
    match value {
        Value::List(list) => {
            check_list(list.len(), limits)?;
            list.iter().try_for_each(|item| check_sizes(item, limits))
        }
        Value::Object(object) => object.values().try_for_each(|item| check_sizes(item, limits)),
        _ => Ok(()),
    }
}

fn check_value(value: &Value, of: &Type, shape: &Shape, scalar_fault: ScalarFault, path: &mut String) -> Result<(), String> {
    if matches!(value, Value::Null) {
        return if of.nullable { Ok(()) } else { Err(format!("`{path}` of type `{of}` must not be null.")) };
    }
    let name = match (&of.base, value) {
        (BaseType::List(inner), Value::List(items)) => {
            return items.iter().enumerate().try_for_each(|(index, item)| {
                within(path, &format!("[{index}]"), |path| check_value(item, inner, shape, scalar_fault, path))
            });
        }
        // One item stands for a list of one.
        (BaseType::List(inner), _) => return check_value(value, inner, shape, scalar_fault, path),
        (BaseType::Named(name), _) => name.as_str(),
    };
    let fits = match shape.named(name) {
        Some(TypeShape::Input(fields)) => {
            let Value::Object(object) = value else {
                return Err(format!("`{path}` must be an object of type `{name}`."));
            };
            if let Some(unknown) = object.keys().find(|key| !fields.contains_key(key.as_str())) {
                return Err(format!("`{path}` of type `{name}` has no field `{}`.", shorten(unknown)));
            }
            return fields.iter().try_for_each(|(field, input)| match object.get(field.as_str()) {
                None if input.of.nullable || input.has_default => Ok(()),
                None => Err(format!("`{path}.{field}` of type `{}` is required.", input.of)),
                Some(value) => within(path, &format!(".{field}"), |path| check_value(value, &input.of, shape, scalar_fault, path)),
            });
        }
        Some(TypeShape::Enum(values)) => match value {
            Value::String(text) => values.contains(text.as_str()),
            Value::Enum(name) => values.contains(name.as_str()),
            _ => false,
        },
        Some(TypeShape::Scalar) => match scalar_fault(name, value) {
            Some(why) => return Err(format!("`{path}` must be of type `{of}`: {why}.")),
            None => fits_scalar(name, value),
        },
        // Not an input type, or no type at all: validation says so.
        Some(TypeShape::Composite(_)) | None => true,
    };
    if fits { Ok(()) } else { Err(format!("`{path}` must be of type `{of}`.")) }
}

fn fits_scalar(name: &str, value: &Value) -> bool {
    match (name, value) {
        ("Int", Value::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("Float", Value::Number(_)) | ("String" | "ID", Value::String(_)) | ("Boolean", Value::Boolean(_)) => true,
        ("Int" | "Float" | "String" | "ID" | "Boolean", _) => false,
        _ => true,
    }
}

fn within(path: &mut String, step: &str, check: impl FnOnce(&mut String) -> Result<(), String>) -> Result<(), String> {
    let before = path.len();
    path.push_str(step);
    let result = check(path);
    path.truncate(before);
    result
}

fn shorten(name: &str) -> String {
    name.chars().take(64).collect()
}
